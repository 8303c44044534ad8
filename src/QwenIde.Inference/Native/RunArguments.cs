using System.Runtime.InteropServices;
using System.Text;

namespace QwenIde.Inference.Native;

/// <summary>Names and tensors of one run as the native arrays that <c>OrtApi::Run</c> takes. Keeps the tensors alive meanwhile.</summary>
internal sealed unsafe class RunArguments : IDisposable
{
    private readonly OnnxRuntimeLibrary _library;
    private readonly OrtTensor?[] _tensors;
    private readonly int _inputs;

    // Inputs first, then outputs; the names' bytes follow the two arrays in the same block.
    private readonly byte** _names;
    private readonly nint* _values;
    private int _kept;

    public RunArguments(OnnxRuntimeLibrary library, ReadOnlySpan<NamedTensor> inputs, ReadOnlySpan<NamedTensor> outputs)
    {
        NamedTensor[] arguments = [.. inputs, .. outputs];
        _library = library;
        _inputs = inputs.Length;
        _tensors = Array.ConvertAll(arguments, argument => argument.Tensor);
        var bytes = arguments.Sum(argument => Encoding.UTF8.GetByteCount(argument.Name) + 1);
        _names = (byte**)NativeMemory.AllocZeroed((nuint)((arguments.Length * 2 * sizeof(nint)) + bytes));
        _values = (nint*)(_names + arguments.Length);
        var name = (byte*)(_values + arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            _names[i] = name;
            name += Encoding.UTF8.GetBytes(arguments[i].Name, new Span<byte>(name, bytes)) + 1;
        }
        try
        {
            for (; _kept < arguments.Length; _kept++)
                Keep(_kept);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs; the answer is a status.</summary>
    public nint Run(nint session, nint runOptions) => _library.Api.Run(
        session, runOptions,
        _names, _values, (nuint)_inputs,
        _names + _inputs, (nuint)(_tensors.Length - _inputs), _values + _inputs);

    /// <summary>Wraps what ONNX Runtime allocated.</summary>
    public void TakeOutputs(Span<NamedTensor> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Tensor is not null)
                continue;
            ref nint value = ref _values[_inputs + i];
            var taken = value;
            value = 0;
            outputs[i] = outputs[i] with { Tensor = OrtTensor.Own(_library, taken) };
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _kept; i++)
            if (_tensors[i] is { } tensor)
                tensor.Handle.DangerousRelease();
            else if (_values[i] != 0)
                _library.Api.ReleaseValue(_values[i]);
        NativeMemory.Free(_names);
    }

    private void Keep(int index)
    {
        if (_tensors[index] is not { } tensor)
            return;
        var added = false;
        tensor.Handle.DangerousAddRef(ref added);
        _values[index] = tensor.Handle.Value;
    }
}
