using System.Runtime.CompilerServices;

namespace QwenIde.Inference.Native;

/// <summary>
/// The functions of ONNX Runtime's C API: a table of pointers to which every version appends and from which none takes away
/// (<c>struct OrtApi</c> of <c>onnxruntime_c_api.h</c>, in its order). Most functions answer with a status, which is null for
/// success and goes to <see cref="Check"/>.
/// </summary>
internal sealed unsafe class OrtApi(nint* table)
{
    /// <summary>The version of the table that is asked for, and the oldest library that has it: 1.30.</summary>
    public const uint Version = 30;

    /// <summary>The table itself, as it is handed to callbacks.</summary>
    public nint Table => (nint)table;

    // Statuses.
    public delegate* unmanaged<int, byte*, nint> CreateStatus => (delegate* unmanaged<int, byte*, nint>)Entry(0);
    public delegate* unmanaged<nint, int> GetErrorCode => (delegate* unmanaged<nint, int>)Entry(1);
    public delegate* unmanaged<nint, byte*> GetErrorMessage => (delegate* unmanaged<nint, byte*>)Entry(2);
    public delegate* unmanaged<nint, void> ReleaseStatus => (delegate* unmanaged<nint, void>)Entry(93);

    // The environment.
    public delegate* unmanaged<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged<int, byte*, nint*, nint>)Entry(3);
    public delegate* unmanaged<nint, nint> DisableTelemetryEvents => (delegate* unmanaged<nint, nint>)Entry(6);
    public delegate* unmanaged<nint, void> ReleaseEnv => (delegate* unmanaged<nint, void>)Entry(92);
    public delegate* unmanaged<byte***, int*, nint> GetAvailableProviders => (delegate* unmanaged<byte***, int*, nint>)Entry(125);
    public delegate* unmanaged<byte**, int, nint> ReleaseAvailableProviders => (delegate* unmanaged<byte**, int, nint>)Entry(126);
    public delegate* unmanaged<byte*> GetBuildInfoString => (delegate* unmanaged<byte*>)Entry(254);

    // Session options.
    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)Entry(10);
    public delegate* unmanaged<nint, byte*, nint> EnableProfiling => (delegate* unmanaged<nint, byte*, nint>)Entry(14);
    public delegate* unmanaged<nint, nint> DisableMemPattern => (delegate* unmanaged<nint, nint>)Entry(17);
    public delegate* unmanaged<nint, nint> DisableCpuMemArena => (delegate* unmanaged<nint, nint>)Entry(19);
    public delegate* unmanaged<nint, int, nint> SetSessionLogSeverityLevel => (delegate* unmanaged<nint, int, nint>)Entry(22);
    public delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel => (delegate* unmanaged<nint, int, nint>)Entry(23);
    public delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)Entry(24);
    public delegate* unmanaged<nint, void> ReleaseSessionOptions => (delegate* unmanaged<nint, void>)Entry(100);
    public delegate* unmanaged<nint, byte*, byte*, nint> AddSessionConfigEntry => (delegate* unmanaged<nint, byte*, byte*, nint>)Entry(130);
    public delegate* unmanaged<nint, nint, nint> AppendCuda => (delegate* unmanaged<nint, nint, nint>)Entry(204);
    public delegate* unmanaged<nint*, nint> CreateCudaOptions => (delegate* unmanaged<nint*, nint>)Entry(205);
    public delegate* unmanaged<nint, byte**, byte**, nuint, nint> UpdateCudaOptions =>
        (delegate* unmanaged<nint, byte**, byte**, nuint, nint>)Entry(206);
    public delegate* unmanaged<nint, void> ReleaseCudaOptions => (delegate* unmanaged<nint, void>)Entry(208);
    public delegate* unmanaged<nint, byte*, byte**, byte**, nuint, nint> AppendExecutionProvider =>
        (delegate* unmanaged<nint, byte*, byte**, byte**, nuint, nint>)Entry(216);

    // Sessions.
    public delegate* unmanaged<nint, void*, nint, nint*, nint> CreateSession => (delegate* unmanaged<nint, void*, nint, nint*, nint>)Entry(7);
    public delegate* unmanaged<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray =>
        (delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)Entry(8);
    public delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)Entry(9);
    public delegate* unmanaged<nint, nuint*, nint> SessionGetInputCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(30);
    public delegate* unmanaged<nint, nuint*, nint> SessionGetOutputCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(31);
    public delegate* unmanaged<nint, nuint, nint*, nint> SessionGetInputTypeInfo => (delegate* unmanaged<nint, nuint, nint*, nint>)Entry(33);
    public delegate* unmanaged<nint, nuint, nint*, nint> SessionGetOutputTypeInfo => (delegate* unmanaged<nint, nuint, nint*, nint>)Entry(34);
    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetInputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)Entry(36);
    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetOutputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)Entry(37);
    public delegate* unmanaged<nint, void> ReleaseSession => (delegate* unmanaged<nint, void>)Entry(95);
    public delegate* unmanaged<nint, nint, byte**, nint> SessionEndProfiling => (delegate* unmanaged<nint, nint, byte**, nint>)Entry(110);

    // Runs.
    public delegate* unmanaged<nint*, nint> CreateRunOptions => (delegate* unmanaged<nint*, nint>)Entry(39);
    public delegate* unmanaged<nint, nint> RunOptionsSetTerminate => (delegate* unmanaged<nint, nint>)Entry(46);
    public delegate* unmanaged<nint, void> ReleaseRunOptions => (delegate* unmanaged<nint, void>)Entry(97);

    // Values, types and memory.
    public delegate* unmanaged<nint, long*, nuint, int, nint*, nint> CreateTensorAsOrtValue =>
        (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)Entry(48);
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Entry(49);
    public delegate* unmanaged<nint, int*, nint> IsTensor => (delegate* unmanaged<nint, int*, nint>)Entry(50);
    public delegate* unmanaged<nint, void**, nint> GetTensorMutableData => (delegate* unmanaged<nint, void**, nint>)Entry(51);
    public delegate* unmanaged<nint, nint*, nint> CastTypeInfoToTensorInfo => (delegate* unmanaged<nint, nint*, nint>)Entry(55);
    public delegate* unmanaged<nint, int*, nint> GetTensorElementType => (delegate* unmanaged<nint, int*, nint>)Entry(60);
    public delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(61);
    public delegate* unmanaged<nint, long*, nuint, nint> GetDimensions => (delegate* unmanaged<nint, long*, nuint, nint>)Entry(62);
    public delegate* unmanaged<nint, byte**, nuint, nint> GetSymbolicDimensions => (delegate* unmanaged<nint, byte**, nuint, nint>)Entry(63);
    public delegate* unmanaged<nint, nint*, nint> GetTensorTypeAndShape => (delegate* unmanaged<nint, nint*, nint>)Entry(65);
    public delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged<int, int, nint*, nint>)Entry(69);
    public delegate* unmanaged<nint, void*, nint> AllocatorFree => (delegate* unmanaged<nint, void*, nint>)Entry(76);
    public delegate* unmanaged<nint*, nint> GetAllocatorWithDefaultOptions => (delegate* unmanaged<nint*, nint>)Entry(78);
    public delegate* unmanaged<nint, void> ReleaseMemoryInfo => (delegate* unmanaged<nint, void>)Entry(94);
    public delegate* unmanaged<nint, void> ReleaseValue => (delegate* unmanaged<nint, void>)Entry(96);
    public delegate* unmanaged<nint, void> ReleaseTypeInfo => (delegate* unmanaged<nint, void>)Entry(98);
    public delegate* unmanaged<nint, void> ReleaseTensorTypeAndShapeInfo => (delegate* unmanaged<nint, void>)Entry(99);

    // Custom operators.
    public delegate* unmanaged<byte*, nint*, nint> CreateCustomOpDomain => (delegate* unmanaged<byte*, nint*, nint>)Entry(26);
    public delegate* unmanaged<nint, nint, nint> CustomOpDomainAdd => (delegate* unmanaged<nint, nint, nint>)Entry(27);
    public delegate* unmanaged<nint, nint, nint> AddCustomOpDomain => (delegate* unmanaged<nint, nint, nint>)Entry(28);
    public delegate* unmanaged<nint, void> ReleaseCustomOpDomain => (delegate* unmanaged<nint, void>)Entry(101);
    public delegate* unmanaged<nint, byte*, float*, nint> KernelInfoGetFloat => (delegate* unmanaged<nint, byte*, float*, nint>)Entry(85);
    public delegate* unmanaged<nint, byte*, long*, nint> KernelInfoGetInt64 => (delegate* unmanaged<nint, byte*, long*, nint>)Entry(86);
    public delegate* unmanaged<nint, byte*, byte*, nuint*, nint> KernelInfoGetString =>
        (delegate* unmanaged<nint, byte*, byte*, nuint*, nint>)Entry(87);
    public delegate* unmanaged<nint, nuint*, nint> KernelInfoGetInputCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(230);
    public delegate* unmanaged<nint, byte*, nuint*, nint> KernelInfoGetNodeName => (delegate* unmanaged<nint, byte*, nuint*, nint>)Entry(244);
    public delegate* unmanaged<nint, nuint, int*, nint*, nint> KernelInfoGetConstantInput =>
        (delegate* unmanaged<nint, nuint, int*, nint*, nint>)Entry(249);
    public delegate* unmanaged<nint, nuint*, nint> KernelContextGetInputCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(88);
    public delegate* unmanaged<nint, nuint*, nint> KernelContextGetOutputCount => (delegate* unmanaged<nint, nuint*, nint>)Entry(89);
    public delegate* unmanaged<nint, nuint, nint*, nint> KernelContextGetInput => (delegate* unmanaged<nint, nuint, nint*, nint>)Entry(90);
    public delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint> KernelContextGetOutput =>
        (delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Entry(91);
    public delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint> KernelContextParallelFor =>
        (delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, void*, nint>)Entry(274);

    /// <summary>Does nothing for success; otherwise releases the status and throws what it says.</summary>
    /// <exception cref="OnnxRuntimeException">The call failed.</exception>
    public void Check(nint status)
    {
        if (status != 0)
            throw Take(status);
    }

    /// <summary>Whether the call succeeded; its status is released.</summary>
    public bool Succeeded(nint status)
    {
        if (status == 0)
            return true;
        ReleaseStatus(status);
        return false;
    }

    /// <summary>What a failed call's status says; the status is released.</summary>
    public OnnxRuntimeException Take(nint status, Exception? innerException = null)
    {
        var code = (OnnxRuntimeError)GetErrorCode(status);
        var text = NativeText.Read(GetErrorMessage(status));
        ReleaseStatus(status);
        return new OnnxRuntimeException(code, text, innerException);
    }

    /// <summary>The allocator of plain memory, which lives as long as the library.</summary>
    public nint DefaultAllocator()
    {
        nint allocator;
        Check(GetAllocatorWithDefaultOptions(&allocator));
        return allocator;
    }

    private nint Entry(int index, [CallerMemberName] string name = "") =>
        table[index] is not 0 and var function
            ? function
            : throw new OnnxRuntimeException($"This build of ONNX Runtime lacks the function {name} (entry {index} of its C API): choose a complete build.");
}
