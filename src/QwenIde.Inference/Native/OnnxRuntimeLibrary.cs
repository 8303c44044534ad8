using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace QwenIde.Inference.Native;

/// <summary>The native ONNX Runtime, loaded: what sessions and tensors are made with.</summary>
/// <remarks>
/// Dispose it after use; sessions and tensors that still live keep what they need. The library itself stays in the process,
/// for it keeps threads that nothing can end. Any number may be loaded from the same file.
/// </remarks>
public sealed unsafe class OnnxRuntimeLibrary : IDisposable
{
    private OnnxRuntimeLibrary(OrtApi api, OrtHandle environment, string file, string version)
    {
        Api = api;
        Environment = environment;
        File = file;
        Version = version;
        BuildInfo = NativeText.Read(api.GetBuildInfoString());
        AvailableProviders = ReadProviders(api);
    }

    /// <summary>The file it was loaded from.</summary>
    public string File { get; }

    /// <summary>Its version, for instance <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>How it was built, in its own words.</summary>
    public string BuildInfo { get; }

    /// <summary>
    /// The execution providers that it was built with, by their own names (<c>CPUExecutionProvider</c>, …). Whether this
    /// machine can use one shows when a session is made.
    /// </summary>
    public ImmutableArray<string> AvailableProviders { get; }

    internal OrtApi Api { get; }

    internal OrtHandle Environment { get; }

    /// <summary>Loads the library.</summary>
    /// <param name="path">
    /// Its file, or a directory that holds it: directly, in the layout of npm <c>onnxruntime-node</c>
    /// (<c>napi-v6/linux/x64</c>), of a NuGet package (<c>runtimes/linux-x64/native</c>) or of a release archive (<c>lib</c>).
    /// Null for the default.
    /// </param>
    /// <param name="defaultDirectory">The directory that is meant where no path is given.</param>
    /// <exception cref="OnnxRuntimeException">It is not there, is not for this machine, or is too old: one sentence says which.</exception>
    public static OnnxRuntimeLibrary Load(string? path, string defaultDirectory)
    {
        var file = LibraryLocator.Find(path ?? defaultDirectory);
        var getApiBase = GetApiBase(file);
        nint* apiBase = getApiBase();
        var version = NativeText.Read(((delegate* unmanaged<byte*>)apiBase[1])());
        if (!IsNewEnough(version))
            throw new OnnxRuntimeException($"{file} is ONNX Runtime {version}, which is too old: 1.{OrtApi.Version} or newer is needed.");
        var table = ((delegate* unmanaged<uint, nint*>)apiBase[0])(OrtApi.Version);
        if (table == null)
            throw new OnnxRuntimeException($"{file} (ONNX Runtime {version}) does not offer version {OrtApi.Version} of its C API: choose another build.");

        var api = new OrtApi(table);
        return new OnnxRuntimeLibrary(api, CreateEnvironment(api), file, version);
    }

    /// <inheritdoc/>
    public void Dispose() => Environment.Dispose();

    internal static bool IsNewEnough(string version)
    {
        var parts = version.Split('.', '-', '+');
        return parts.Length >= 2 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1], out var minor)
            && (major > 1 || (major == 1 && minor >= OrtApi.Version));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The library takes the handle over.")]
    private static OrtHandle CreateEnvironment(OrtApi api)
    {
        // Errors come as statuses, so that the library need not write them anywhere by itself.
        const int fatal = 4;
        using var name = new NativeText("qwenide");
        nint environment;
        api.Check(api.CreateEnv(fatal, name.Pointer, &environment));
        var handle = new OrtHandle(environment, api.ReleaseEnv);
        api.Check(api.DisableTelemetryEvents(environment));
        return handle;
    }

    private static delegate* unmanaged<nint*> GetApiBase(string file)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(file);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxRuntimeException(
                $"{file} does not load: it is no library for this machine, or one that it needs is missing. {error.Message}", error);
        }
        if (NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
            return (delegate* unmanaged<nint*>)export;
        NativeLibrary.Free(library);
        throw new OnnxRuntimeException($"{file} is no ONNX Runtime: it has no function OrtGetApiBase.");
    }

    private static ImmutableArray<string> ReadProviders(OrtApi api)
    {
        byte** names;
        int count;
        api.Check(api.GetAvailableProviders(&names, &count));
        var providers = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
            providers.Add(NativeText.Read(names[i]));
        api.Check(api.ReleaseAvailableProviders(names, count));
        return providers.MoveToImmutable();
    }
}
