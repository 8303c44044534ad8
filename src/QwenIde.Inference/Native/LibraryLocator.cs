using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native;

/// <summary>Finds the native library inside a directory, in whichever layout its package has.</summary>
internal static class LibraryLocator
{
    /// <summary>The library's file names on this system, the usual first.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.1.dylib", "libonnxruntime.dylib"]
        : ["libonnxruntime.so.1", "libonnxruntime.so"];

    /// <summary>The file that <paramref name="path"/> means: itself, or the library in that directory.</summary>
    /// <exception cref="OnnxRuntimeException">Nothing is there.</exception>
    public static string Find(string path)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
            return path;
        if (!Directory.Exists(path))
            throw new OnnxRuntimeException(
                $"There is no ONNX Runtime at {path}: name the file of the library, or the directory of a package that holds it "
                + "(npm onnxruntime-node, NuGet Microsoft.ML.OnnxRuntime). In the repository, `npm run setup` puts it there.");
        var found = Folders(path).SelectMany(folder => FileNames, Path.Combine).FirstOrDefault(File.Exists);
        return found ?? throw new OnnxRuntimeException(
            $"{path} holds no ONNX Runtime for {System}-{Architecture}: {FileNames[0]} was looked for there, in napi-v6/{NpmSystem}/{Architecture} "
            + $"(npm onnxruntime-node), in runtimes/{Rid}/native (NuGet) and in lib. Name the file or directory of a build for this machine.");
    }

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string System => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string NpmSystem => OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string Rid => $"{System}-{Architecture}";

    private static IEnumerable<string> Folders(string directory)
    {
        var npm = Path.Combine("napi-v6", NpmSystem, Architecture);
        return new[] { "", npm, Path.Combine("bin", npm), Path.Combine("runtimes", Rid, "native"), "lib" }
            .Select(folder => Path.Combine(directory, folder));
    }
}
