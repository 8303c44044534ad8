using System.Runtime.InteropServices;

namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// The ids of pieces met before. Fixed in size: every piece has one slot by its hash, and the latest takes it. Not
/// thread-safe.
/// </summary>
internal sealed class WordCache
{
    private const int Slots = 1 << 14;
    private const int MaxLength = 24;
    private const int MaxIds = 8;

    private readonly char[] _pieces = new char[Slots * MaxLength];
    private readonly int[] _ids = new int[Slots * MaxIds];
    private readonly byte[] _lengths = new byte[Slots];
    private readonly byte[] _counts = new byte[Slots];

    /// <summary>The slot for a piece, or -1 if it is too long to be kept.</summary>
    public static int SlotOf(ReadOnlySpan<char> piece) => piece.Length <= MaxLength ? (int)(Hash(piece) & (Slots - 1)) : -1;

    /// <summary>The ids of the piece, if they are in the slot; else empty. A piece is never empty, so its ids are not.</summary>
    public ReadOnlySpan<int> Find(int slot, ReadOnlySpan<char> piece) =>
        _lengths[slot] == piece.Length && piece.SequenceEqual(_pieces.AsSpan(slot * MaxLength, piece.Length))
            ? _ids.AsSpan(slot * MaxIds, _counts[slot])
            : default;

    /// <summary>Keeps the ids of a piece, unless they are too many.</summary>
    public void Keep(int slot, ReadOnlySpan<char> piece, ReadOnlySpan<int> ids)
    {
        if (ids.Length > MaxIds)
            return;
        piece.CopyTo(_pieces.AsSpan(slot * MaxLength));
        ids.CopyTo(_ids.AsSpan(slot * MaxIds));
        _lengths[slot] = (byte)piece.Length;
        _counts[slot] = (byte)ids.Length;
    }

    private static ulong Hash(ReadOnlySpan<char> piece)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)piece.Length;
        var bytes = MemoryMarshal.AsBytes(piece);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Multiplier;
            hash ^= hash >> 32;
        }

        for (; bytes.Length >= sizeof(char); bytes = bytes[sizeof(char)..])
            hash = (hash ^ MemoryMarshal.Read<ushort>(bytes)) * Multiplier;
        return hash >> 40;
    }
}
