namespace QwenIde.Inference.Native;

/// <summary>What a tensor is made of. The numbers are ONNX's own (<c>TensorProto.DataType</c>) and ONNX Runtime's.</summary>
public enum TensorElementType
{
    /// <summary>Unknown, or not a tensor.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>Unsigned byte; also what packed 4-bit and 2-bit weights are stored as.</summary>
    UInt8 = 2,

    /// <summary>Signed byte.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Text. Such tensors are not supported here; the number is listed so that it can be named.</summary>
    Text = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>IEEE half precision.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Float64 = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,

    /// <summary>The upper half of a 32-bit floating point number.</summary>
    BFloat16 = 16,

    /// <summary>8-bit floating point, 4 exponent bits, finite.</summary>
    Float8E4M3 = 17,

    /// <summary>8-bit floating point, 5 exponent bits.</summary>
    Float8E5M2 = 19,

    /// <summary>Unsigned 4-bit integer, two to a byte.</summary>
    UInt4 = 21,

    /// <summary>Signed 4-bit integer, two to a byte.</summary>
    Int4 = 22,
}

/// <summary>Sizes and names of element types.</summary>
public static class TensorElementTypes
{
    /// <summary>Bits of one element.</summary>
    /// <exception cref="NotSupportedException">The type has no fixed size.</exception>
    public static int Bits(this TensorElementType type) => type switch
    {
        TensorElementType.UInt4 or TensorElementType.Int4 => 4,
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool
            or TensorElementType.Float8E4M3 or TensorElementType.Float8E5M2 => 8,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 16,
        TensorElementType.Float32 or TensorElementType.Int32 or TensorElementType.UInt32 => 32,
        TensorElementType.Float64 or TensorElementType.Int64 or TensorElementType.UInt64 => 64,
        _ => throw new NotSupportedException($"Elements of type {type} have no fixed size."),
    };

    /// <summary>Bytes that <paramref name="elements"/> elements take.</summary>
    /// <exception cref="OverflowException">More than 2^63 bits.</exception>
    public static long Bytes(this TensorElementType type, long elements) => checked((elements * type.Bits() + 7) / 8);

    /// <summary>Elements of a tensor of this shape.</summary>
    /// <exception cref="ArgumentException">A dimension is negative, or the product does not fit.</exception>
    public static long Elements(ReadOnlySpan<long> shape)
    {
        long elements = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 0 || (dimension > 0 && elements > long.MaxValue / 64 / dimension))
                throw new ArgumentException($"[{string.Join(", ", shape.ToArray())}] is not a shape that memory could hold.");
            elements *= dimension;
        }
        return elements;
    }

    /// <summary>The element type of a managed type.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    internal static bool Fits<T>(this TensorElementType type)
        where T : unmanaged => type switch
        {
            TensorElementType.Float32 => typeof(T) == typeof(float),
            TensorElementType.Float64 => typeof(T) == typeof(double),
            TensorElementType.Float16 => typeof(T) == typeof(Half) || typeof(T) == typeof(ushort),
            TensorElementType.BFloat16 => typeof(T) == typeof(ushort),
            TensorElementType.Int64 => typeof(T) == typeof(long),
            TensorElementType.UInt64 => typeof(T) == typeof(ulong),
            TensorElementType.Int32 => typeof(T) == typeof(int),
            TensorElementType.UInt32 => typeof(T) == typeof(uint),
            TensorElementType.Int16 => typeof(T) == typeof(short),
            TensorElementType.UInt16 => typeof(T) == typeof(ushort),
            TensorElementType.Int8 => typeof(T) == typeof(sbyte) || typeof(T) == typeof(byte),
            TensorElementType.Bool => typeof(T) == typeof(bool) || typeof(T) == typeof(byte),
            _ => typeof(T) == typeof(byte),
        };
}
