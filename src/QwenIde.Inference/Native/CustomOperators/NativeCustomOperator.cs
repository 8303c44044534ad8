using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native.CustomOperators;

/// <summary>
/// A custom operator as the library sees it: an <c>OrtCustomOp</c> in unmanaged memory that never moves, with callbacks that find
/// the managed operator behind it. No exception leaves a callback; it becomes a status with its message.
/// </summary>
internal sealed unsafe class NativeCustomOperator : SafeHandle
{
    private const int FailCode = (int)OnnxRuntimeError.Fail;

    private readonly OrtApi _api;
    private readonly CustomOperator _operator;
    private readonly CurrentRun _currentRun;
    private readonly NativeText _name;
    private readonly GCHandle _self;

    private NativeCustomOperator(OrtApi api, CustomOperator customOperator, CurrentRun currentRun)
        : base(0, ownsHandle: true)
    {
        _api = api;
        _operator = customOperator;
        _currentRun = currentRun;
        _name = new NativeText(customOperator.Name);
        _self = GCHandle.Alloc(this);
        var layout = (Layout*)NativeMemory.AllocZeroed((nuint)sizeof(Layout));
        *layout = Layout.Create();
        layout->Self = GCHandle.ToIntPtr(_self);
        SetHandle((nint)layout);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>A native domain with operators in it.</summary>
    public static OrtHandle CreateDomain(OrtApi api, string name, IEnumerable<CustomOperator> operators, CurrentRun currentRun)
    {
        NativeCustomOperator[] natives = [.. operators.Select(candidate => new NativeCustomOperator(api, candidate, currentRun))];
        using var nativeName = new NativeText(name);
        nint native;
        api.Check(api.CreateCustomOpDomain(nativeName.Pointer, &native));
        var domain = new OrtHandle(native, api.ReleaseCustomOpDomain, natives);
        foreach (NativeCustomOperator candidate in natives)
        {
            api.Check(api.CustomOpDomainAdd(native, candidate.handle));
            candidate.Dispose();
        }
        return domain;
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        _name.Dispose();
        _self.Free();
        return true;
    }

    private static NativeCustomOperator Of(nint op) => (NativeCustomOperator)GCHandle.FromIntPtr(((Layout*)op)->Self).Target!;

    private nint Failure(Exception error)
    {
        using var text = new NativeText(error.Message);
        return _api.CreateStatus(FailCode, text.Pointer);
    }

    [UnmanagedCallersOnly]
    private static byte* GetName(nint op) => Of(op)._name.Pointer;

    [UnmanagedCallersOnly]
    private static byte* GetExecutionProvider(nint op) => null;

    [UnmanagedCallersOnly]
    private static int GetInputType(nint op, nuint index) => (int)Of(op)._operator.Inputs[(int)index].Type;

    [UnmanagedCallersOnly]
    private static nuint GetInputCount(nint op) => (nuint)Of(op)._operator.Inputs.Length;

    [UnmanagedCallersOnly]
    private static int GetOutputType(nint op, nuint index) => (int)Of(op)._operator.Outputs[(int)index].Type;

    [UnmanagedCallersOnly]
    private static nuint GetOutputCount(nint op) => (nuint)Of(op)._operator.Outputs.Length;

    [UnmanagedCallersOnly]
    private static int GetInputCharacteristic(nint op, nuint index) => Of(op)._operator.Inputs[(int)index].Optional ? 1 : 0;

    [UnmanagedCallersOnly]
    private static int GetOutputCharacteristic(nint op, nuint index) => Of(op)._operator.Outputs[(int)index].Optional ? 1 : 0;

    [UnmanagedCallersOnly]
    private static int GetInputMemoryType(nint op, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int GetStartVersion(nint op) => 1;

    [UnmanagedCallersOnly]
    private static int GetEndVersion(nint op) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nint CreateKernel(nint op, nint api, nint info, nint* kernel)
    {
        NativeCustomOperator self = Of(op);
        try
        {
            CustomKernel managed = self._operator.CreateKernel(new KernelAttributes(self._api, info));
            *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(new Kernel(self, managed)));
            return 0;
        }
        catch (Exception error)
        {
            return self.Failure(error);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        var node = (Kernel)GCHandle.FromIntPtr(kernel).Target!;
        CurrentRun.Run? run = node.Operator._currentRun.OnThisThread;
        try
        {
            node.Managed.Compute(new KernelContext(node.Operator._api, context, run?.Cancellation ?? default));
            return 0;
        }
        catch (Exception error)
        {
            if (run is not null)
                run.Failure = error;
            return node.Operator.Failure(error);
        }
    }

    [UnmanagedCallersOnly]
    private static void DestroyKernel(nint kernel)
    {
        var handle = GCHandle.FromIntPtr(kernel);
        try
        {
            ((Kernel)handle.Target!).Managed.Dispose();
        }
        catch (Exception)
        {
            // Nobody is there to hear of it: the session is being released.
        }
        handle.Free();
    }

    /// <summary>What a native kernel pointer stands for.</summary>
    private sealed record Kernel(NativeCustomOperator Operator, CustomKernel Managed);

    /// <summary>
    /// <c>struct OrtCustomOp</c> of version 30, and our handle behind it. The entries that stay null: the first CreateKernel and
    /// KernelCompute (their second versions are used), variadic arities, InferOutputShape, in-place and alias maps.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Layout
    {
        public uint Version;
        public nint CreateKernelV1;
        public delegate* unmanaged<nint, byte*> GetName;
        public delegate* unmanaged<nint, byte*> GetExecutionProviderType;
        public delegate* unmanaged<nint, nuint, int> GetInputType;
        public delegate* unmanaged<nint, nuint> GetInputTypeCount;
        public delegate* unmanaged<nint, nuint, int> GetOutputType;
        public delegate* unmanaged<nint, nuint> GetOutputTypeCount;
        public nint KernelComputeV1;
        public delegate* unmanaged<nint, void> KernelDestroy;
        public delegate* unmanaged<nint, nuint, int> GetInputCharacteristic;
        public delegate* unmanaged<nint, nuint, int> GetOutputCharacteristic;
        public delegate* unmanaged<nint, nuint, int> GetInputMemoryType;
        public nint GetVariadicInputMinArity;
        public nint GetVariadicInputHomogeneity;
        public nint GetVariadicOutputMinArity;
        public nint GetVariadicOutputHomogeneity;
        public delegate* unmanaged<nint, nint, nint, nint*, nint> CreateKernel;
        public delegate* unmanaged<nint, nint, nint> KernelCompute;
        public nint InferOutputShape;
        public delegate* unmanaged<nint, int> GetStartVersion;
        public delegate* unmanaged<nint, int> GetEndVersion;
        public nint GetMayInplace;
        public nint ReleaseMayInplace;
        public nint GetAliasMap;
        public nint ReleaseAliasMap;
        public nint Self;

        public static Layout Create() => new()
        {
            Version = OrtApi.Version,
            GetName = &NativeCustomOperator.GetName,
            GetExecutionProviderType = &GetExecutionProvider,
            GetInputType = &NativeCustomOperator.GetInputType,
            GetInputTypeCount = &GetInputCount,
            GetOutputType = &NativeCustomOperator.GetOutputType,
            GetOutputTypeCount = &GetOutputCount,
            KernelDestroy = &DestroyKernel,
            GetInputCharacteristic = &NativeCustomOperator.GetInputCharacteristic,
            GetOutputCharacteristic = &NativeCustomOperator.GetOutputCharacteristic,
            GetInputMemoryType = &NativeCustomOperator.GetInputMemoryType,
            CreateKernel = &NativeCustomOperator.CreateKernel,
            KernelCompute = &Compute,
            GetStartVersion = &NativeCustomOperator.GetStartVersion,
            GetEndVersion = &NativeCustomOperator.GetEndVersion,
        };
    }
}
