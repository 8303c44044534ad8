using System.Runtime.InteropServices;
using QwenIde.Inference.Native.CustomOperators;

namespace QwenIde.Inference.Native;

/// <summary>Session options of ours as the library's, and the session that is made from them.</summary>
internal sealed unsafe class NativeSessionOptions : IDisposable
{
    // Errors come as statuses, so that the library need not write them anywhere by itself.
    private const int FatalOnly = 4;

    private readonly OnnxRuntimeLibrary _library;
    private readonly SessionOptions _options;
    private readonly OrtHandle _handle;
    private readonly List<SafeHandle> _domains = [];

    public NativeSessionOptions(OnnxRuntimeLibrary library, SessionOptions options, CurrentRun currentRun)
    {
        _library = library;
        _options = options;
        OrtApi api = library.Api;
        using OrtHandle.InUse environment = library.Environment.Use();
        nint handle;
        api.Check(api.CreateSessionOptions(&handle));
        _handle = new OrtHandle(handle, api.ReleaseSessionOptions);
        try
        {
            Apply(api);
            foreach (IGrouping<string, CustomOperator> domain in options.CustomOperators.GroupBy(candidate => candidate.Domain, StringComparer.Ordinal))
            {
                OrtHandle native = NativeCustomOperator.CreateDomain(api, domain.Key, domain, currentRun);
                _domains.Add(native);
                api.Check(api.AddCustomOpDomain(handle, native.Value));
            }
            AppendProvider();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Loads a model from a file or, without one, from memory.</summary>
    public OrtHandle CreateSession(string? file, ReadOnlySpan<byte> model)
    {
        OrtApi api = _library.Api;
        using OrtHandle.InUse environment = _library.Environment.Use();
        nint session;
        nint status;
        if (file is not null)
        {
            using NativeText path = NativeText.Path(file);
            status = api.CreateSession(environment.Value, path.Pointer, _handle.Value, &session);
        }
        else
        {
            fixed (byte* bytes = model)
                status = api.CreateSessionFromArray(environment.Value, bytes, (nuint)model.Length, _handle.Value, &session);
        }
        if (status == 0)
            return new OrtHandle(session, api.ReleaseSession, [_library.Environment, .. _domains]);
        OnnxRuntimeException error = api.Take(status);
        throw _options.Provider != ExecutionProvider.Cpu && !IsTheModels(error) ? Unavailable(error) : error;
    }

    public void Dispose()
    {
        _handle.Dispose();
        foreach (SafeHandle domain in _domains)
            domain.Dispose();
    }

    private void Apply(OrtApi api)
    {
        var native = _handle.Value;
        api.Check(api.SetSessionLogSeverityLevel(native, FatalOnly));
        api.Check(api.SetSessionGraphOptimizationLevel(native, (int)_options.Optimization));
        if (_options.IntraOpThreads is { } threads)
            api.Check(api.SetIntraOpNumThreads(native, threads));
        if (!_options.UseMemoryArena)
            api.Check(api.DisableCpuMemArena(native));
        // DirectML cannot work with memory patterns.
        if (!_options.UseMemoryPattern || _options.Provider == ExecutionProvider.DirectML)
            api.Check(api.DisableMemPattern(native));
        if (_options.ProfilePrefix is { } prefix)
        {
            using NativeText path = NativeText.Path(prefix);
            api.Check(api.EnableProfiling(native, path.Pointer));
        }
        foreach (var (key, value) in _options.ConfigEntries)
        {
            using var nativeKey = new NativeText(key);
            using var nativeValue = new NativeText(value);
            api.Check(api.AddSessionConfigEntry(native, nativeKey.Pointer, nativeValue.Pointer));
        }
    }

    private void AppendProvider()
    {
        if (_options.Provider == ExecutionProvider.Cpu)
            return;
        if (!_library.AvailableProviders.Contains(_options.Provider.RuntimeName()))
            throw Unavailable(null);
        try
        {
            using var pairs = new NativePairs(_options.ProviderOptions);
            if (_options.Provider == ExecutionProvider.Cuda)
                AppendCuda(_library.Api, pairs);
            else
                AppendByName(_library.Api, pairs);
        }
        catch (OnnxRuntimeException error)
        {
            throw Unavailable(error);
        }
    }

    private void AppendCuda(OrtApi api, NativePairs pairs)
    {
        nint cuda;
        api.Check(api.CreateCudaOptions(&cuda));
        try
        {
            api.Check(api.UpdateCudaOptions(cuda, pairs.Keys, pairs.Values, pairs.Count));
            api.Check(api.AppendCuda(_handle.Value, cuda));
        }
        finally
        {
            api.ReleaseCudaOptions(cuda);
        }
    }

    private void AppendByName(OrtApi api, NativePairs pairs)
    {
        using var name = new NativeText(_options.Provider switch
        {
            ExecutionProvider.DirectML => "DML",
            ExecutionProvider.WebGpu => "WebGPU",
            _ => "CoreML",
        });
        api.Check(api.AppendExecutionProvider(_handle.Value, name.Pointer, pairs.Keys, pairs.Values, pairs.Count));
    }

    /// <summary>Whether an error speaks of the model, whatever it was to run on.</summary>
    private static bool IsTheModels(OnnxRuntimeException error) => error.Code
        is OnnxRuntimeError.NoSuchFile or OnnxRuntimeError.InvalidProtobuf or OnnxRuntimeError.InvalidGraph or OnnxRuntimeError.NotImplemented;

    /// <summary>The one sentence for a provider that is absent or does not start.</summary>
    private OnnxRuntimeException Unavailable(OnnxRuntimeException? error)
    {
        var builtWith = string.Join(", ", _library.AvailableProviders.Select(name => name.Replace("ExecutionProvider", "", StringComparison.Ordinal)));
        var problem = error is null ? "is not in this build of ONNX Runtime" : "does not start here";
        var detail = error is null ? "" : $" ONNX Runtime says: {error.Message.Trim()}";
        return new OnnxRuntimeException(
            error?.Code ?? OnnxRuntimeError.ProviderFailed,
            $"The execution provider {_options.Provider.SettingName()} {problem}: it needs {_options.Provider.Needs()}; or choose cpu. "
            + $"ONNX Runtime {_library.Version} in {_library.File} was built with {builtWith}.{detail}",
            error);
    }
}
