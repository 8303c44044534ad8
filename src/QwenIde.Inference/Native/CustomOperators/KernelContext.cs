using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native.CustomOperators;

/// <summary>One computation of a kernel: its inputs, its outputs, and ONNX Runtime's threads. Valid during the call.</summary>
public readonly unsafe struct KernelContext
{
    private readonly OrtApi _api;
    private readonly nint _context;

    internal KernelContext(OrtApi api, nint context, CancellationToken cancellation)
    {
        _api = api;
        _context = context;
        Cancellation = cancellation;
    }

    /// <summary>Fires when the run is cancelled. Look at it now and then: ONNX Runtime itself looks between operators only.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>How many inputs the node names, absent ones among them.</summary>
    public int InputCount
    {
        get
        {
            nuint count;
            _api.Check(_api.KernelContextGetInputCount(_context, &count));
            return (int)count;
        }
    }

    /// <summary>An input; null if it is optional and absent.</summary>
    public KernelTensor? Input(int index)
    {
        if (index >= InputCount)
            return null;
        nint value;
        _api.Check(_api.KernelContextGetInput(_context, (nuint)index, &value));
        return value == 0 ? null : KernelTensor.Read(_api, value);
    }

    /// <summary>Allocates an output, or finds the tensor that was given for it; its content is undefined. Null if nobody wants it.</summary>
    public KernelTensor? Output(int index, params ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* dimensions = shape)
            _api.Check(_api.KernelContextGetOutput(_context, (nuint)index, dimensions, (nuint)shape.Length, &value));
        return value == 0 ? null : KernelTensor.Read(_api, value);
    }

    /// <summary>
    /// Calls <paramref name="body"/>, which must not throw, with <paramref name="data"/> and every number below
    /// <paramref name="count"/>, on ONNX Runtime's threads and this one.
    /// </summary>
    public void ParallelFor(int count, delegate* unmanaged<void*, nuint, void> body, void* data)
    {
        if (count > 0)
            _api.Check(_api.KernelContextParallelFor(_context, body, (nuint)count, 0, data));
    }

    /// <summary>
    /// Calls <paramref name="body"/> with every number below <paramref name="count"/>, on ONNX Runtime's threads and this one.
    /// After it throws, no further number is begun, and this throws the same.
    /// </summary>
    public void ParallelFor(int count, Action<int> body)
    {
        var loop = new Loop(body);
        var handle = GCHandle.Alloc(loop);
        try
        {
            ParallelFor(count, &Loop.Step, (void*)GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }
        loop.Failure?.Throw();
    }

    private sealed class Loop(Action<int> body)
    {
        private volatile ExceptionDispatchInfo? _failure;

        public ExceptionDispatchInfo? Failure => _failure;

        [UnmanagedCallersOnly]
        public static void Step(void* data, nuint index)
        {
            var loop = (Loop)GCHandle.FromIntPtr((nint)data).Target!;
            if (loop._failure is not null)
                return;
            try
            {
                loop.Call((int)index);
            }
            catch (Exception error)
            {
                loop._failure = ExceptionDispatchInfo.Capture(error);
            }
        }

        private void Call(int index) => body(index);
    }
}
