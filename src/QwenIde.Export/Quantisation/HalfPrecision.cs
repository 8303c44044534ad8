using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QwenIde.Export.Quantisation;

/// <summary>Between 16-bit and 32-bit floats, many at a time.</summary>
internal static class HalfPrecision
{
    private const uint Infinity = 0x7C00;

    /// <summary>Rounds to the nearest 16-bit float, ties to even.</summary>
    /// <returns>False if an element is not finite, or too large for 16 bits.</returns>
    public static bool Narrow(ReadOnlySpan<float> values, Span<Half> halves)
    {
        var overflow = Vector256<uint>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var output = MemoryMarshal.Cast<Half, Vector128<ushort>>(halves);
        for (var i = 0; i < vectors.Length; i++)
        {
            var bits = vectors[i].AsUInt32();
            var magnitude = bits & Vector256.Create(0x7FFFFFFFu);

            // Normal results: rebias the exponent, round away 13 bits.
            var odd = (magnitude >>> 13) & Vector256<uint>.One;
            var normal = (magnitude - Vector256.Create(0x38000000u - 0xFFF) + odd) >>> 13;

            // Subnormal results: adding 0.5 lets the addition do the rounding.
            var half = Vector256.Create(0.5f);
            var subnormal = (magnitude.AsSingle() + half).AsUInt32() - half.AsUInt32();

            var result = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(0x38800000u)), subnormal, normal);
            // What is too large for the rebiased exponent has not wrapped, since 32 bits are wide enough.
            overflow |= Vector256.GreaterThanOrEqual(result, Vector256.Create(Infinity));
            result |= (bits >>> 16) & Vector256.Create(0x8000u);
            output[i] = Vector128.Narrow(result.GetLower(), result.GetUpper());
        }

        for (var i = vectors.Length * Vector256<float>.Count; i < values.Length; i++)
        {
            halves[i] = (Half)values[i];
            if (!Half.IsFinite(halves[i]))
                return false;
        }

        return overflow == Vector256<uint>.Zero;
    }

    /// <summary>Widens 16-bit floats; exact.</summary>
    public static void Widen(ReadOnlySpan<Half> halves, Span<float> values)
    {
        var vectors = MemoryMarshal.Cast<Half, Vector128<ushort>>(halves);
        var output = MemoryMarshal.Cast<float, Vector256<float>>(values);
        // Scaling by 2^112 moves the exponent to its place, subnormals included.
        var scale = Vector256.Create(0x77800000u).AsSingle();
        for (var i = 0; i < vectors.Length; i++)
        {
            var (lower, upper) = Vector128.Widen(vectors[i]);
            var bits = Vector256.Create(lower, upper);
            var magnitude = bits & Vector256.Create(0x7FFFu);
            var value = ((magnitude << 13).AsSingle() * scale).AsUInt32();
            var special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(Infinity));
            value = Vector256.ConditionalSelect(special, (magnitude << 13) | Vector256.Create(0x7F800000u), value);
            output[i] = (value | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
        }

        for (var i = vectors.Length * Vector128<ushort>.Count; i < halves.Length; i++)
            values[i] = (float)halves[i];
    }
}
