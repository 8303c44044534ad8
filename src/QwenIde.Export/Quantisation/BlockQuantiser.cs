using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QwenIde.Export.Onnx;

namespace QwenIde.Export.Quantisation;

/// <summary>
/// Rounds weights to the nearest code. Eight bits: <c>scale = largest magnitude / 127</c>, codes -127 to 127. Four bits:
/// <c>scale = (the value of largest magnitude) / -8</c>, codes -8 to 7, so that this value is met exactly.
/// </summary>
internal static class BlockQuantiser
{
    /// <summary>Quantises one row.</summary>
    /// <param name="row">The weights; a last short block is filled up with zeros.</param>
    /// <param name="layout">Bits, block and type of the scales.</param>
    /// <param name="codes">Receives <see cref="QuantisedLayout.CodeBytes"/> bytes.</param>
    /// <param name="scales">Receives <see cref="QuantisedLayout.ScaleBytes"/> bytes.</param>
    /// <returns>False if a weight is not finite or a scale exceeds its type.</returns>
    public static bool Quantise(ReadOnlySpan<float> row, QuantisedLayout layout, Span<byte> codes, Span<byte> scales)
    {
        Span<float> last = stackalloc float[layout.Block];
        last.Clear();
        var blocks = layout.Blocks(row.Length);
        for (var i = 0; i < blocks; i++)
        {
            var rest = row[(i * layout.Block)..];
            if (rest.Length < layout.Block)
                rest.CopyTo(last);
            scoped var block = rest.Length < layout.Block ? last : rest[..layout.Block];

            var scale = Store(Scale(block, layout.Bits), layout.ScaleType, scales, i);
            if (!float.IsFinite(scale))
                return false;
            var packed = codes.Slice(i * layout.BlockBytes, layout.BlockBytes);
            if (layout.Bits == 8)
                Encode8(block, scale, packed);
            else
                Encode4(block, scale, packed);
        }

        return true;
    }

    private static float Scale(ReadOnlySpan<float> block, int bits)
    {
        var greatest = Vector256.Create(float.NegativeInfinity);
        var least = Vector256.Create(float.PositiveInfinity);
        foreach (var vector in MemoryMarshal.Cast<float, Vector256<float>>(block))
        {
            greatest = Vector256.Max(greatest, vector); // a NaN stays
            least = Vector256.Min(least, vector);
        }

        var (highest, lowest) = (greatest[0], least[0]);
        for (var i = 1; i < Vector256<float>.Count; i++)
        {
            highest = MathF.Max(highest, greatest[i]);
            lowest = MathF.Min(lowest, least[i]);
        }

        if (bits == 8)
            return MathF.Max(highest, -lowest) / 127;
        var signed = highest > -lowest ? highest
            : highest < -lowest ? lowest
            : FirstOfMagnitude(block, highest);
        return signed / -8;
    }

    /// <summary>Of a value and its negative the one that comes first; a NaN if there is one.</summary>
    private static float FirstOfMagnitude(ReadOnlySpan<float> block, float magnitude)
    {
        foreach (var value in block)
        {
            if (MathF.Abs(value) == magnitude)
                return value;
        }

        return float.NaN;
    }

    private static float Store(float scale, OnnxElementType type, Span<byte> scales, int index)
    {
        if (type == OnnxElementType.Float32)
        {
            MemoryMarshal.Cast<byte, float>(scales)[index] = scale;
            return scale;
        }

        var half = (Half)scale;
        MemoryMarshal.Cast<byte, Half>(scales)[index] = half;
        return (float)half;
    }

    private static void Encode8(ReadOnlySpan<float> block, float scale, Span<byte> packed)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(block);
        var output = MemoryMarshal.Cast<byte, Vector64<byte>>(packed);
        for (var i = 0; i < vectors.Length; i++)
        {
            var codes = Round(vectors[i], scale, -127, 127) + Vector256.Create(128);
            output[i] = Narrow(codes);
        }
    }

    private static void Encode4(ReadOnlySpan<float> block, float scale, Span<byte> packed)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(block);
        var output = MemoryMarshal.Cast<byte, uint>(packed);
        for (var i = 0; i < vectors.Length; i++)
        {
            // Eight bytes with a code each become four bytes with two.
            var bytes = Narrow(Round(vectors[i], scale, -8, 7) + Vector256.Create(8)).AsUInt64()[0];
            bytes = (bytes | bytes >> 4) & 0x00FF00FF00FF00FF;
            bytes = (bytes | bytes >> 8) & 0x0000FFFF0000FFFF;
            output[i] = (uint)(bytes | bytes >> 16);
        }
    }

    private static Vector256<int> Round(Vector256<float> values, float scale, int lowest, int highest)
    {
        // A scale of zero, also one that was rounded to it, makes every code zero.
        if (scale == 0)
            return Vector256<int>.Zero;
        var nearest = Vector256.Round(values / Vector256.Create(scale), MidpointRounding.ToEven);
        return Vector256.ConvertToInt32(Vector256.Min(Vector256.Max(nearest, Vector256.Create((float)lowest)), Vector256.Create((float)highest)));
    }

    private static Vector64<byte> Narrow(Vector256<int> codes)
    {
        var words = Vector128.Narrow(codes.GetLower(), codes.GetUpper());
        return Vector64.Narrow(words.GetLower(), words.GetUpper()).AsByte();
    }
}
