namespace QwenIde.Qwen.Tokenization;

/// <summary>Many short byte strings, one after another in one array.</summary>
internal sealed class ByteSlices
{
    private readonly List<int> _ends = [0];
    private byte[] _bytes = new byte[1 << 16];

    public int Count => _ends.Count - 1;

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_ends[index].._ends[index + 1]);

    /// <summary>A string and the one after it, as one.</summary>
    public ReadOnlySpan<byte> Joined(int index) => _bytes.AsSpan(_ends[index].._ends[index + 2]);

    /// <summary>Room for the next string; <see cref="Commit"/> says how long it became.</summary>
    public Span<byte> Reserve(int length)
    {
        var start = _ends[^1];
        if (_bytes.Length - start < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + length));
        return _bytes.AsSpan(start, length);
    }

    /// <summary>Ends the string that was written where <see cref="Reserve"/> said.</summary>
    public void Commit(int length) => _ends.Add(_ends[^1] + length);
}
