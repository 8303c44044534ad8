using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace QwenIde.Export.Synthetic;

/// <summary>
/// Random numbers by index: the n-th of a name is always the same, whoever asks in whatever order. MurmurHash3's finaliser
/// over a 32-bit counter; random enough for weights, and as fast as a disk.
/// </summary>
internal static class HashedNumbers
{
    /// <summary>The seed of a name: FNV-1a.</summary>
    public static uint Seed(string name, uint seed)
    {
        var hash = 2166136261 ^ Mix(seed);
        foreach (var value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 16777619;
        return Mix(hash);
    }

    /// <summary>Numbers spread evenly from <c>-limit</c> to <c>limit</c>.</summary>
    public static void Fill(uint seed, long first, Span<float> destination, float limit)
    {
        var scale = limit / 2147483648f;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(destination);
        var counter = Vector256.Create((uint)first) + Vector256<uint>.Indices;
        var key = Vector256.Create(seed);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Vector256.ConvertToSingle(Mix(counter ^ key).AsInt32()) * scale;
            counter += Vector256.Create(8u);
        }

        for (var i = vectors.Length * 8; i < destination.Length; i++)
            destination[i] = (int)Mix((uint)(first + i) ^ seed) * scale;
    }

    /// <summary>Random bytes; <paramref name="first"/> and the length are multiples of four.</summary>
    public static void Fill(uint seed, long first, Span<byte> destination)
    {
        var words = MemoryMarshal.Cast<byte, uint>(destination);
        var vectors = MemoryMarshal.Cast<uint, Vector256<uint>>(words);
        var start = first / 4;
        var counter = Vector256.Create((uint)start) + Vector256<uint>.Indices;
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Mix(counter ^ Vector256.Create(seed));
            counter += Vector256.Create(8u);
        }

        for (var i = vectors.Length * 8; i < words.Length; i++)
            words[i] = Mix((uint)(start + i) ^ seed);
    }

    private static uint Mix(uint value)
    {
        value = (value ^ value >> 16) * 0x85EBCA6B;
        value = (value ^ value >> 13) * 0xC2B2AE35;
        return value ^ value >> 16;
    }

    private static Vector256<uint> Mix(Vector256<uint> value)
    {
        value = (value ^ value >>> 16) * Vector256.Create(0x85EBCA6B);
        value = (value ^ value >>> 13) * Vector256.Create(0xC2B2AE35);
        return value ^ value >>> 16;
    }
}
