using QwenIde.Qwen.Tokenization.Unicode;

namespace QwenIde.Qwen.Tokenization;

/// <summary>One encoding at work: its cache, its room for merging and its output. Not thread-safe; used again and again.</summary>
internal sealed class PieceEncoder(TokenizerFile file)
{
    private readonly PairMerger _merger = new(file.Merges, file.IdsOfBytes);
    private readonly WordCache _cache = new();

    public IdBuffer Output { get; } = new();

    /// <summary>Whether what is held is small enough to be kept for the next text.</summary>
    public bool IsSmall => Output.Capacity <= 1 << 18 && _merger.Capacity <= 1 << 16;

    /// <summary>Appends the ids of a text, in which no added token is looked for.</summary>
    public void EncodeText(ReadOnlySpan<char> text) => EncodeNormalized(CanonicalComposition.Normalize(text));

    /// <summary>As <see cref="EncodeText"/>, for text that is in NFC and has no lone surrogates.</summary>
    public void EncodeNormalized(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = PreTokenizer.EndOfPiece(text, start);
            EncodePiece(text[start..end]);
            start = end;
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece)
    {
        var slot = WordCache.SlotOf(piece);
        if (slot < 0)
        {
            _merger.Merge(piece, Output);
            return;
        }

        var known = _cache.Find(slot, piece);
        if (!known.IsEmpty)
        {
            Output.Add(known);
            return;
        }

        var start = Output.Count;
        _merger.Merge(piece, Output);
        _cache.Keep(slot, piece, Output.From(start));
    }
}
