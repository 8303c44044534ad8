using System.Reflection;
using QwenIde.Inference.Native;
using QwenIde.Inference.Tests.Native;

[assembly: AssemblyFixture(typeof(NativeLibraryFixture))]

namespace QwenIde.Inference.Tests.Native;

/// <summary>ONNX Runtime as the repository's npm packages bring it, loaded once for all tests.</summary>
public sealed class NativeLibraryFixture : IDisposable
{
    public OnnxRuntimeLibrary Library { get; } = OnnxRuntimeLibrary.Load(null, Path.Combine(AppContext.BaseDirectory, "onnxruntime"));

    public static string RepositoryRoot { get; } = typeof(NativeLibraryFixture).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public void Dispose() => Library.Dispose();
}
