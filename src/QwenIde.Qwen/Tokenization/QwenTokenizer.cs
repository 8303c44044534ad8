using System.Collections.Concurrent;
using System.Text;
using QwenIde.Qwen.Prompting;
using QwenIde.Qwen.Tokenization.Unicode;

namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// Qwen's byte-level tokenizer: text to ids and back, exactly as the model was trained. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// <see cref="Encode"/> never gives the id of an added token, whatever the text holds: text from files and people cannot
/// end a turn. Such ids come from <see cref="EncodePrompt"/>, where the template asks for them.
/// <see cref="EncodeVerbatim"/> recognises them everywhere, as other software does.
/// </remarks>
public sealed class QwenTokenizer
{
    private readonly TokenizerFile _file;
    private readonly AddedTokens _added;
    private readonly ConcurrentBag<PieceEncoder> _encoders = [];

    private QwenTokenizer(TokenizerFile file)
    {
        _file = file;
        _added = new AddedTokens(file.AddedTokens, file.Vocabulary);
        VocabularySize = Math.Max(file.Vocabulary.Size, _added.Limit);
    }

    /// <summary>One more than the highest id. A model's logits may be wider; what lies beyond is padding.</summary>
    public int VocabularySize { get; }

    /// <summary>The tokens beside the vocabulary, as the file lists them.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _added.All;

    /// <summary>Reads a Hugging Face <c>tokenizer.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file is broken, or describes another kind of tokenizer; the sentence names the field.</exception>
    public static QwenTokenizer Load(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException unfit)
        {
            throw new InvalidDataException($"'{path}' cannot be used as the tokenizer: {unfit.Message}", unfit);
        }
    }

    /// <summary>Reads the bytes of a <c>tokenizer.json</c>.</summary>
    /// <exception cref="InvalidDataException">They are broken, or describe another kind of tokenizer; the sentence names the field.</exception>
    public static QwenTokenizer Read(ReadOnlySpan<byte> json) => new(TokenizerFileReader.Read(json));

    /// <summary>The same tokenizer with more added tokens.</summary>
    /// <exception cref="InvalidDataException">An id or a spelling is taken.</exception>
    public QwenTokenizer WithAddedTokens(IEnumerable<AddedToken> more) =>
        new(_file with { AddedTokens = [.. _file.AddedTokens, .. more] });

    /// <summary>The bytes that a token stands for: often not whole UTF-8. Empty for an id between others that no token has.</summary>
    /// <param name="id">From 0 to below <see cref="VocabularySize"/>.</param>
    public ReadOnlySpan<byte> BytesOf(int id)
    {
        if ((uint)id >= (uint)VocabularySize)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"The tokenizer has the ids 0 to {VocabularySize - 1}.");
        return _added.BytesOf(id) is { } bytes ? bytes : _file.Vocabulary.BytesOf(id);
    }

    /// <summary>Whether the id is an added token's, special or not.</summary>
    public bool IsAdded(int id) => _added.Find(id) is not null;

    /// <summary>Whether the id is a control token's, such as <c>&lt;|im_end|&gt;</c>, which decoded text leaves out by convention.</summary>
    public bool IsSpecial(int id) => _added.Find(id) is { IsSpecial: true };

    /// <summary>The id of an added token by its spelling.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int AddedIdOf(string spelling) => TryGetAddedId(spelling, out var id)
        ? id
        : throw new ArgumentException($"The tokenizer has no added token '{spelling}': it does not belong to this model.", nameof(spelling));

    /// <summary>The id of an added token by its spelling, if there is one.</summary>
    public bool TryGetAddedId(string spelling, out int id) => _added.TryGet(spelling, out id);

    /// <summary>Encodes text as text: spellings of added tokens in it are characters like others.</summary>
    /// <param name="text">Any UTF-16; put into NFC, a lone surrogate becomes U+FFFD.</param>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var encoder = Rent();
        encoder.EncodeText(text);
        return Finish(encoder);
    }

    /// <summary>How many ids <see cref="Encode"/> gives.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        var encoder = Rent();
        encoder.EncodeText(text);
        return FinishCounting(encoder);
    }

    /// <summary>Encodes text as transformers does: every spelling of an added token becomes its id. Not for text of others.</summary>
    /// <param name="text">Any UTF-16; put into NFC, a lone surrogate becomes U+FFFD.</param>
    public int[] EncodeVerbatim(ReadOnlySpan<char> text)
    {
        var encoder = Rent();
        while (_added.FindFirst(text, isNormalized: false, out var index) is { } token)
        {
            EncodeWithNormalizedTokens(encoder, text[..index]);
            encoder.Output.Add(token.Id);
            text = text[(index + token.Content.Length)..];
        }

        EncodeWithNormalizedTokens(encoder, text);
        return Finish(encoder);
    }

    /// <summary>
    /// Encodes a prompt: ids of added tokens come from special runs and given ids alone, and neighbouring runs of text are
    /// one text, as pairs may merge across their seam.
    /// </summary>
    /// <exception cref="ArgumentException">A special run is not an added token of this tokenizer.</exception>
    public int[] EncodePrompt(IEnumerable<PromptRun> runs)
    {
        var encoder = Rent();
        EncodeRuns(encoder, runs);
        return Finish(encoder);
    }

    /// <summary>How many ids <see cref="EncodePrompt"/> gives.</summary>
    /// <exception cref="ArgumentException">A special run is not an added token of this tokenizer.</exception>
    public int CountPrompt(IEnumerable<PromptRun> runs)
    {
        var encoder = Rent();
        EncodeRuns(encoder, runs);
        return FinishCounting(encoder);
    }

    /// <summary>The text of ids, with U+FFFD for bytes that are not UTF-8.</summary>
    /// <param name="ids">Ids of this tokenizer.</param>
    /// <param name="skipSpecial">Whether control tokens are left out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = false)
    {
        var decoder = new TokenDecoder(this, skipSpecial);
        var text = new StringBuilder();
        foreach (var id in ids)
            text.Append(decoder.Add(id));
        return text.Append(decoder.Flush()).ToString();
    }

    private void EncodeRuns(PieceEncoder encoder, IEnumerable<PromptRun> runs)
    {
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            if (run.Kind == PromptRunKind.Text)
            {
                text.Append(run.Text);
                continue;
            }

            EncodeJoined();
            if (run.Kind == PromptRunKind.Special)
                encoder.Output.Add(AddedIdOf(run.Text));
            else
                encoder.Output.Add(run.Ids.AsSpan());
        }

        EncodeJoined();

        void EncodeJoined()
        {
            encoder.EncodeText(text.ToString());
            text.Clear();
        }
    }

    private void EncodeWithNormalizedTokens(PieceEncoder encoder, ReadOnlySpan<char> raw)
    {
        var text = CanonicalComposition.Normalize(raw);
        while (_added.FindFirst(text, isNormalized: true, out var index) is { } token)
        {
            encoder.EncodeNormalized(text[..index]);
            encoder.Output.Add(token.Id);
            text = text[(index + token.Content.Length)..];
        }

        encoder.EncodeNormalized(text);
    }

    private PieceEncoder Rent() => _encoders.TryTake(out var encoder) ? encoder : new PieceEncoder(_file);

    private int[] Finish(PieceEncoder encoder)
    {
        var ids = encoder.Output.From(0).ToArray();
        Return(encoder);
        return ids;
    }

    private int FinishCounting(PieceEncoder encoder)
    {
        var count = encoder.Output.Count;
        Return(encoder);
        return count;
    }

    /// <summary>Keeps the encoder for the next text, unless this one made it large or there are enough.</summary>
    private void Return(PieceEncoder encoder)
    {
        encoder.Output.Clear();
        if (encoder.IsSmall && _encoders.Count < Environment.ProcessorCount)
            _encoders.Add(encoder);
    }
}
