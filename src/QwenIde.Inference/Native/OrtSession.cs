using System.Collections.Immutable;

namespace QwenIde.Inference.Native;

/// <summary>A tensor and the name of the input or output it stands for.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Tensor">The tensor; null for an output that ONNX Runtime shall allocate.</param>
public readonly record struct NamedTensor(string Name, OrtTensor? Tensor);

/// <summary>A model that is loaded and can run. Thread-safe: several runs may go on at once.</summary>
public sealed unsafe class OrtSession : IDisposable
{
    private readonly OnnxRuntimeLibrary _library;
    private readonly OrtHandle _handle;
    private readonly CurrentRun _currentRun;

    private OrtSession(OnnxRuntimeLibrary library, OrtHandle handle, CurrentRun currentRun)
    {
        OrtApi api = library.Api;
        _library = library;
        _handle = handle;
        _currentRun = currentRun;
        nuint inputs;
        nuint outputs;
        api.Check(api.SessionGetInputCount(handle.Value, &inputs));
        api.Check(api.SessionGetOutputCount(handle.Value, &outputs));
        Inputs = Describe(inputs, api.SessionGetInputName, api.SessionGetInputTypeInfo);
        Outputs = Describe(outputs, api.SessionGetOutputName, api.SessionGetOutputTypeInfo);
    }

    /// <summary>What the model wants, in its order.</summary>
    public ImmutableArray<TensorDescription> Inputs { get; }

    /// <summary>What the model gives, in its order.</summary>
    public ImmutableArray<TensorDescription> Outputs { get; }

    /// <summary>Loads a model from a file; its external data is found beside it and mapped into memory.</summary>
    /// <exception cref="OnnxRuntimeException">The model does not load, or the execution provider is absent.</exception>
    public static OrtSession Load(OnnxRuntimeLibrary library, string modelFile, SessionOptions? options = null) => File.Exists(modelFile)
        ? Create(library, options ?? new SessionOptions(), Path.GetFullPath(modelFile), [])
        : throw new OnnxRuntimeException(OnnxRuntimeError.NoSuchFile, $"There is no model file {modelFile}.");

    /// <summary>Loads a model from memory, which is not needed any more afterwards.</summary>
    /// <exception cref="OnnxRuntimeException">The model does not load, or the execution provider is absent.</exception>
    public static OrtSession Load(OnnxRuntimeLibrary library, ReadOnlySpan<byte> model, SessionOptions? options = null) =>
        Create(library, options ?? new SessionOptions(), null, model);

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">One tensor for every input; the order is free.</param>
    /// <param name="outputs">
    /// The outputs that are wanted. A tensor that is given is written to, and must have the shape that comes out; it may be one of
    /// the inputs. Null becomes a new tensor, which is the caller's to dispose.
    /// </param>
    /// <param name="cancellation">
    /// Ends the run between two operators; the session can be used again. What given tensors hold then is undefined.
    /// </param>
    /// <exception cref="OnnxRuntimeException">A name or a shape does not fit, or an operator failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(ReadOnlySpan<NamedTensor> inputs, Span<NamedTensor> outputs, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        CheckNames(inputs, Inputs, "input");
        CheckNames(outputs, Outputs, "output");
        foreach (NamedTensor input in inputs)
            if (input.Tensor is null)
                throw new ArgumentException($"The input `{input.Name}` has no tensor.", nameof(inputs));

        using OrtHandle.InUse session = _handle.Use();
        using var arguments = new RunArguments(_library, inputs, outputs);
        using var options = new RunOptions(_library.Api, cancellation);
        var run = new CurrentRun.Run(cancellation);
        _currentRun.Begin(run);
        nint status;
        try
        {
            status = arguments.Run(session.Value, options.Value);
        }
        finally
        {
            _currentRun.End();
        }
        if (status != 0)
        {
            OnnxRuntimeException error = _library.Api.Take(status, run.Failure);
            throw cancellation.IsCancellationRequested
                ? new OperationCanceledException("The run was cancelled.", error, cancellation)
                : error;
        }
        arguments.TakeOutputs(outputs);
    }

    /// <summary>Ends the trace that <see cref="SessionOptions.ProfilePrefix"/> began, and tells its file.</summary>
    public string EndProfiling()
    {
        using OrtHandle.InUse session = _handle.Use();
        byte* file;
        _library.Api.Check(_library.Api.SessionEndProfiling(session.Value, _library.Api.DefaultAllocator(), &file));
        return Take(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static OrtSession Create(OnnxRuntimeLibrary library, SessionOptions options, string? file, ReadOnlySpan<byte> model)
    {
        var currentRun = new CurrentRun();
        using var native = new NativeSessionOptions(library, options, currentRun);
        OrtHandle session = native.CreateSession(file, model);
        try
        {
            return new OrtSession(library, session, currentRun);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void CheckNames(ReadOnlySpan<NamedTensor> given, ImmutableArray<TensorDescription> known, string kind)
    {
        foreach (NamedTensor argument in given)
            if (!known.Any(description => description.Name == argument.Name))
                throw new OnnxRuntimeException(
                    OnnxRuntimeError.InvalidArgument,
                    $"The model has no {kind} `{argument.Name}`: it has {string.Join(", ", known.Select(description => description.Name))}.");
    }

    private ImmutableArray<TensorDescription> Describe(
        nuint count,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> getName,
        delegate* unmanaged<nint, nuint, nint*, nint> getType)
    {
        OrtApi api = _library.Api;
        var descriptions = ImmutableArray.CreateBuilder<TensorDescription>((int)count);
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            nint type;
            api.Check(getName(_handle.Value, i, api.DefaultAllocator(), &name));
            var managedName = Take(name);
            api.Check(getType(_handle.Value, i, &type));
            try
            {
                descriptions.Add(TensorDescription.Read(api, managedName, type));
            }
            finally
            {
                api.ReleaseTypeInfo(type);
            }
        }
        return descriptions.MoveToImmutable();
    }

    /// <summary>Reads text that the default allocator made, and frees it.</summary>
    private string Take(byte* text)
    {
        var managed = NativeText.Read(text);
        _library.Api.Check(_library.Api.AllocatorFree(_library.Api.DefaultAllocator(), text));
        return managed;
    }

    /// <summary>The options of one run, whose terminate flag follows a token.</summary>
    private sealed class RunOptions : IDisposable
    {
        private readonly OrtApi _api;
        private readonly OrtHandle _handle;
        private readonly CancellationTokenRegistration _registration;

        public RunOptions(OrtApi api, CancellationToken cancellation)
        {
            nint options;
            api.Check(api.CreateRunOptions(&options));
            _api = api;
            _handle = new OrtHandle(options, api.ReleaseRunOptions);
            _registration = cancellation.UnsafeRegister(static state => ((RunOptions)state!).Terminate(), this);
        }

        public nint Value => _handle.Value;

        public void Dispose()
        {
            // Waits for a callback that is under way.
            _registration.Dispose();
            _handle.Dispose();
        }

        private void Terminate() => _api.Check(_api.RunOptionsSetTerminate(_handle.Value));
    }
}
