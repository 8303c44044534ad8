using System.Text;

namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// Byte-pair encoding of one piece: of all neighbouring pairs the one with the earliest merge is merged, the leftmost first,
/// until none merges. A queue of pairs keeps this at n log n, whatever the text. Not thread-safe.
/// </summary>
internal sealed class PairMerger(MergeTable merges, int[] idsOfBytes)
{
    private const int Gone = -1;

    /// <summary>Pairs by rank, then position. An entry whose pair has changed meanwhile is skipped when it comes.</summary>
    private readonly PriorityQueue<int, ulong> _queue = new();
    private byte[] _bytes = new byte[256];
    private int[] _ids = new int[256];
    private int[] _next = new int[256];
    private int[] _previous = new int[256];

    /// <summary>For how long a piece there is room now, in bytes: a measure of what is held in memory.</summary>
    public int Capacity => _ids.Length;

    /// <summary>Appends the ids of a piece.</summary>
    /// <param name="piece">UTF-16 without lone surrogates.</param>
    /// <param name="output">Where the ids go.</param>
    public void Merge(ReadOnlySpan<char> piece, IdBuffer output)
    {
        Reserve(Encoding.UTF8.GetByteCount(piece));
        var count = Encoding.UTF8.GetBytes(piece, _bytes);
        for (var i = 0; i < count; i++)
        {
            _ids[i] = idsOfBytes[_bytes[i]];
            _previous[i] = i - 1;
            _next[i] = i + 1;
        }

        for (var i = 0; i < count - 1; i++)
            Enqueue(i, count);
        while (_queue.TryDequeue(out var left, out var priority))
        {
            var rank = (int)(priority >> 32);
            if (_ids[left] == Gone || _next[left] >= count || merges.RankOf(_ids[left], _ids[_next[left]]) != rank)
                continue;
            var right = _next[left];
            _ids[left] = merges.MergedBy(rank);
            _ids[right] = Gone;
            _next[left] = _next[right];
            if (_next[right] < count)
            {
                _previous[_next[right]] = left;
                Enqueue(left, count);
            }

            if (_previous[left] >= 0)
                Enqueue(_previous[left], count);
        }

        for (var i = 0; i < count; i = _next[i])
            output.Add(_ids[i]);
    }

    private void Enqueue(int left, int count)
    {
        if (_next[left] >= count)
            return;
        var rank = merges.RankOf(_ids[left], _ids[_next[left]]);
        if (rank != MergeTable.NoMerge)
            _queue.Enqueue(left, ((ulong)(uint)rank << 32) | (uint)left);
    }

    private void Reserve(int bytes)
    {
        if (bytes <= _bytes.Length)
            return;
        var length = Math.Max(bytes, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength));
        _bytes = new byte[length];
        _ids = new int[length];
        _next = new int[length];
        _previous = new int[length];
    }
}
