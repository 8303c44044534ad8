using System.Collections.Immutable;

namespace QwenIde.Inference.Native.CustomOperators;

/// <summary>A tensor that belongs to a run, or a weight. Valid during the call that gave it (a weight: as long as the kernel).</summary>
/// <param name="Pointer">Its first byte.</param>
/// <param name="ElementType">What it is made of.</param>
/// <param name="Shape">Its dimensions.</param>
public readonly record struct KernelTensor(nint Pointer, TensorElementType ElementType, ImmutableArray<long> Shape)
{
    /// <summary>The product of the dimensions.</summary>
    public long ElementCount => TensorElementTypes.Elements(Shape.AsSpan());

    /// <summary>The content.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not made of <typeparamref name="T"/>, or too large for a span.</exception>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (!ElementType.Fits<T>())
            throw new InvalidOperationException($"A tensor of {ElementType} has no elements of type {typeof(T).Name}.");
        var length = ElementType.Bytes(ElementCount) / sizeof(T);
        return length <= int.MaxValue
            ? new Span<T>((void*)Pointer, (int)length)
            : throw new InvalidOperationException($"The tensor is too large for a span ({length} elements): use its pointer.");
    }

    internal static unsafe KernelTensor Read(OrtApi api, nint value)
    {
        void* data;
        api.Check(api.GetTensorMutableData(value, &data));
        var (type, shape) = OrtTensor.ReadTypeAndShape(api, value);
        return new KernelTensor((nint)data, type, shape);
    }
}
