using System.Numerics;

namespace QwenIde.Qwen.Tokenization;

/// <summary>The merges of byte-pair encoding: which two neighbouring tokens become one, and how early.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge: later than every other.</summary>
    public const int NoMerge = int.MaxValue;

    private readonly ulong[] _pairs;
    private readonly int[] _ranks;
    private readonly int[] _merged;

    /// <summary>A table of merges, the earliest first.</summary>
    /// <exception cref="InvalidDataException">A pair stands there twice.</exception>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)merges.Count * 2 + 2);
        _pairs = new ulong[slots];
        _ranks = new int[slots];
        Array.Fill(_ranks, NoMerge);
        _merged = new int[merges.Count];
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var (left, right, merged) = merges[rank];
            _merged[rank] = merged;
            var slot = Slot(Pair(left, right));
            if (_ranks[slot] != NoMerge)
                throw new InvalidDataException($"`model.merges` holds one pair twice, at [{_ranks[slot]}] and at [{rank}].");
            _pairs[slot] = Pair(left, right);
            _ranks[slot] = rank;
        }
    }

    /// <summary>How early the pair merges, 0 being first; <see cref="NoMerge"/> if it does not.</summary>
    public int RankOf(int left, int right) => _ranks[Slot(Pair(left, right))];

    /// <summary>The token that the merge of this rank makes.</summary>
    public int MergedBy(int rank) => _merged[rank];

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>The slot of a pair, or the free one where it would stand.</summary>
    private int Slot(ulong pair)
    {
        var hash = pair * 0x9E3779B97F4A7C15;
        var slot = (int)((hash ^ (hash >> 29)) >> 32) & (_pairs.Length - 1);
        while (_pairs[slot] != pair && _ranks[slot] != NoMerge)
            slot = (slot + 1) & (_pairs.Length - 1);
        return slot;
    }
}
