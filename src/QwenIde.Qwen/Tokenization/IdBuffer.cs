namespace QwenIde.Qwen.Tokenization;

/// <summary>A growing list of ids.</summary>
internal sealed class IdBuffer
{
    private int[] _ids = new int[256];

    public int Count { get; private set; }

    public int Capacity => _ids.Length;

    public ReadOnlySpan<int> From(int start) => _ids.AsSpan(start, Count - start);

    public void Clear() => Count = 0;

    public void Add(int id)
    {
        if (Count == _ids.Length)
            Array.Resize(ref _ids, _ids.Length * 2);
        _ids[Count++] = id;
    }

    public void Add(ReadOnlySpan<int> ids)
    {
        if (_ids.Length - Count < ids.Length)
            Array.Resize(ref _ids, Math.Max(_ids.Length * 2, Count + ids.Length));
        ids.CopyTo(_ids.AsSpan(Count));
        Count += ids.Length;
    }
}
