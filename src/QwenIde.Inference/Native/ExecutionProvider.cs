namespace QwenIde.Inference.Native;

/// <summary>Where a model runs.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor. Always there.</summary>
    Cpu,

    /// <summary>NVIDIA GPUs, on Linux and Windows.</summary>
    Cuda,

    /// <summary>Any GPU on Windows, through DirectX 12.</summary>
    DirectML,

    /// <summary>Any GPU, through Vulkan, Metal or DirectX 12.</summary>
    WebGpu,

    /// <summary>Apple's GPU and neural engine.</summary>
    CoreML,
}

/// <summary>What ONNX Runtime calls the providers, and what to tell people about them.</summary>
public static class ExecutionProviders
{
    /// <summary>The provider of this name (<c>cpu</c>, <c>cuda</c>, <c>directml</c> or <c>dml</c>, <c>webgpu</c>, <c>coreml</c>), in any case.</summary>
    /// <exception cref="OnnxRuntimeException">There is no such provider.</exception>
    public static ExecutionProvider Parse(string name) => name.ToUpperInvariant() switch
    {
        "CPU" => ExecutionProvider.Cpu,
        "CUDA" => ExecutionProvider.Cuda,
        "DIRECTML" or "DML" => ExecutionProvider.DirectML,
        "WEBGPU" => ExecutionProvider.WebGpu,
        "COREML" => ExecutionProvider.CoreML,
        _ => throw new OnnxRuntimeException($"There is no execution provider `{name}`: choose cpu, cuda, directml, webgpu or coreml."),
    };

    /// <summary>The name in settings: lower case.</summary>
    public static string SettingName(this ExecutionProvider provider) => provider.ToString().ToLowerInvariant();

    /// <summary>The name in <see cref="OnnxRuntimeLibrary.AvailableProviders"/>.</summary>
    public static string RuntimeName(this ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cuda => "CUDAExecutionProvider",
        ExecutionProvider.DirectML => "DmlExecutionProvider",
        ExecutionProvider.WebGpu => "WebGpuExecutionProvider",
        ExecutionProvider.CoreML => "CoreMLExecutionProvider",
        _ => "CPUExecutionProvider",
    };

    /// <summary>What a provider needs from the machine and the library.</summary>
    internal static string Needs(this ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cuda =>
            "an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9, and the CUDA build of ONNX Runtime, for instance of the NuGet package "
            + "Microsoft.ML.OnnxRuntime.Gpu, with libonnxruntime_providers_cuda beside it",
        ExecutionProvider.DirectML => "Windows with a DirectX 12 GPU, and the Windows build of ONNX Runtime with DirectML.dll beside it",
        ExecutionProvider.WebGpu => "a GPU with a driver for Vulkan (Linux), Metal (macOS) or DirectX 12 (Windows)",
        ExecutionProvider.CoreML => "macOS, and the macOS build of ONNX Runtime",
        _ => "nothing",
    };
}
