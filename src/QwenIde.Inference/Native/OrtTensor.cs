using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace QwenIde.Inference.Native;

/// <summary>A tensor in plain memory, dense and row-major. Dispose it after use.</summary>
/// <remarks>
/// It may be input and output of one run at once, where the operators allow that (GroupQueryAttention's cache, the states of
/// LinearAttention and CausalConvWithState do). Spans over it are valid until it is disposed; nothing checks that.
/// </remarks>
public sealed unsafe class OrtTensor : IDisposable
{
    private readonly MemoryHandle _pin;
    private readonly void* _data;

    private OrtTensor(OrtHandle handle, TensorElementType type, ImmutableArray<long> shape, void* data, MemoryHandle pin = default)
    {
        Handle = handle;
        ElementType = type;
        Shape = shape;
        ElementCount = TensorElementTypes.Elements(shape.AsSpan());
        _data = data;
        _pin = pin;
    }

    /// <summary>What it is made of.</summary>
    public TensorElementType ElementType { get; }

    /// <summary>Its dimensions.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The product of its dimensions.</summary>
    public long ElementCount { get; }

    /// <summary>Its size in memory.</summary>
    public long ByteLength => ElementType.Bytes(ElementCount);

    /// <summary>Its first byte; valid until it is disposed.</summary>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
            return (nint)_data;
        }
    }

    internal OrtHandle Handle { get; }

    /// <summary>A tensor in memory that ONNX Runtime allocates, 64-byte aligned. <b>Its content is undefined</b>: see <see cref="Clear"/>.</summary>
    /// <exception cref="ArgumentException">The shape has a negative dimension.</exception>
    /// <exception cref="OnnxRuntimeException">There is not enough memory.</exception>
    public static OrtTensor Create(OnnxRuntimeLibrary library, TensorElementType type, params ReadOnlySpan<long> shape)
    {
        TensorElementTypes.Elements(shape);
        using OrtHandle.InUse environment = library.Environment.Use();
        nint value;
        fixed (long* dimensions = shape)
            library.Api.Check(library.Api.CreateTensorAsOrtValue(
                library.Api.DefaultAllocator(), dimensions, (nuint)shape.Length, (int)type, &value));
        return Own(library, value);
    }

    /// <summary>A tensor in memory that ONNX Runtime allocates, with this content.</summary>
    /// <exception cref="ArgumentException">The content does not fit the shape.</exception>
    public static OrtTensor Create<T>(OnnxRuntimeLibrary library, TensorElementType type, ReadOnlySpan<T> content, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        OrtTensor tensor = Create(library, type, shape);
        try
        {
            CheckLength(content.Length * (long)sizeof(T), tensor.ByteLength);
            content.CopyTo(tensor.AsSpan<T>());
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>A tensor over memory of the caller's, pinned until it is disposed. Changes are seen by both.</summary>
    /// <exception cref="ArgumentException">The memory does not fit the shape.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The tensor owns the pin.")]
    public static OrtTensor Over<T>(OnnxRuntimeLibrary library, TensorElementType type, Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        CheckElementType<T>(type);
        CheckLength(memory.Length * (long)sizeof(T), type.Bytes(TensorElementTypes.Elements(shape)));
        MemoryHandle pin = memory.Pin();
        try
        {
            return Over(library, type, pin.Pointer, shape, pin);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A tensor over memory at an address, as much as type and shape need. The caller keeps it in place until the tensor is
    /// disposed and all runs with it have ended.
    /// </summary>
    public static OrtTensor OverAddress(OnnxRuntimeLibrary library, TensorElementType type, nint address, params ReadOnlySpan<long> shape) =>
        Over(library, type, (void*)address, shape, default);

    /// <summary>The content.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not what the tensor is made of (bytes stand for packed types,
    /// <see cref="ushort"/> for bfloat16), or it has more than 2^31 elements.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        CheckElementType<T>(ElementType);
        return new Span<T>((void*)Pointer, Length(ByteLength / sizeof(T)));
    }

    /// <summary>The content as bytes, of any type.</summary>
    /// <exception cref="InvalidOperationException">It has more than 2^31 bytes.</exception>
    public Span<byte> AsBytes() => new((void*)Pointer, Length(ByteLength));

    /// <summary>Sets all to zero.</summary>
    public void Clear()
    {
        var bytes = ByteLength;
        for (long done = 0; done < bytes; done += int.MaxValue)
            new Span<byte>((byte*)Pointer + done, (int)Math.Min(int.MaxValue, bytes - done)).Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        _pin.Dispose();
    }

    /// <summary>Takes over a native value.</summary>
    internal static OrtTensor Own(OnnxRuntimeLibrary library, nint value, MemoryHandle pin = default)
    {
        OrtApi api = library.Api;
        var handle = new OrtHandle(value, api.ReleaseValue, library.Environment);
        try
        {
            int isTensor;
            void* data;
            api.Check(api.IsTensor(value, &isTensor));
            if (isTensor == 0)
                throw new OnnxRuntimeException("The model has an output that is no tensor; such models are not supported.");
            var (type, shape) = ReadTypeAndShape(api, value);
            api.Check(api.GetTensorMutableData(value, &data));
            return new OrtTensor(handle, type, shape, data, pin);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    internal static (TensorElementType Type, ImmutableArray<long> Shape) ReadTypeAndShape(OrtApi api, nint value)
    {
        nint info;
        api.Check(api.GetTensorTypeAndShape(value, &info));
        try
        {
            return TensorDescription.Read(api, info);
        }
        finally
        {
            api.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    private static OrtTensor Over(OnnxRuntimeLibrary library, TensorElementType type, void* address, ReadOnlySpan<long> shape, MemoryHandle pin)
    {
        OrtApi api = library.Api;
        var bytes = type.Bytes(TensorElementTypes.Elements(shape));
        using OrtHandle.InUse environment = library.Environment.Use();
        nint memoryInfo;
        nint value;
        api.Check(api.CreateCpuMemoryInfo(1, 0, &memoryInfo));
        try
        {
            // An empty tensor still wants an address.
            byte nothing;
            fixed (long* dimensions = shape)
                api.Check(api.CreateTensorWithDataAsOrtValue(
                    memoryInfo, address == null ? &nothing : address, (nuint)bytes, dimensions, (nuint)shape.Length, (int)type, &value));
        }
        finally
        {
            api.ReleaseMemoryInfo(memoryInfo);
        }
        return Own(library, value, pin);
    }

    private static void CheckElementType<T>(TensorElementType type)
        where T : unmanaged
    {
        if (!type.Fits<T>())
            throw new InvalidOperationException($"A tensor of {type} has no elements of type {typeof(T).Name}.");
    }

    private static void CheckLength(long given, long needed, [CallerArgumentExpression(nameof(given))] string name = "")
    {
        if (given != needed)
            throw new ArgumentException($"The content has {given} bytes, and type and shape want {needed}.", name);
    }

    private static int Length(long length) => length <= int.MaxValue
        ? (int)length
        : throw new InvalidOperationException($"The tensor is too large for a span ({length} elements): use its pointer.");
}
