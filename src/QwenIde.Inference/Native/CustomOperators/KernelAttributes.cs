using System.Text;

namespace QwenIde.Inference.Native.CustomOperators;

/// <summary>A node as its kernel finds it: attributes and constant inputs. Valid while the kernel is made.</summary>
public readonly unsafe struct KernelAttributes
{
    private readonly OrtApi _api;
    private readonly nint _info;

    internal KernelAttributes(OrtApi api, nint info) => (_api, _info) = (api, info);

    /// <summary>The node's name in the graph.</summary>
    public string NodeName
    {
        get
        {
            nuint size = 0;
            _api.Check(_api.KernelInfoGetNodeName(_info, null, &size));
            var bytes = new byte[size];
            fixed (byte* text = bytes)
                _api.Check(_api.KernelInfoGetNodeName(_info, text, &size));
            return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
        }
    }

    /// <summary>How many inputs the node names, absent ones among them.</summary>
    public int InputCount
    {
        get
        {
            nuint count;
            _api.Check(_api.KernelInfoGetInputCount(_info, &count));
            return (int)count;
        }
    }

    /// <summary>An integer attribute; null if the node has none of that name.</summary>
    public long? Int64(string name)
    {
        using var native = new NativeText(name);
        long value;
        return _api.Succeeded(_api.KernelInfoGetInt64(_info, native.Pointer, &value)) ? value : null;
    }

    /// <summary>A floating point attribute; null if the node has none of that name.</summary>
    public float? Float(string name)
    {
        using var native = new NativeText(name);
        float value;
        return _api.Succeeded(_api.KernelInfoGetFloat(_info, native.Pointer, &value)) ? value : null;
    }

    /// <summary>A text attribute; null if the node has none of that name.</summary>
    public string? Text(string name)
    {
        using var native = new NativeText(name);
        nuint size = 0;
        if (!_api.Succeeded(_api.KernelInfoGetString(_info, native.Pointer, null, &size)))
            return null;
        var bytes = new byte[size];
        fixed (byte* text = bytes)
            _api.Check(_api.KernelInfoGetString(_info, native.Pointer, text, &size));
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }

    /// <summary>
    /// An input that is the same in all runs, a weight; null if it is absent or computed. External data is mapped, so that its
    /// pages are read when they are touched.
    /// </summary>
    public KernelTensor? Constant(int input)
    {
        int isConstant;
        nint value;
        return _api.Succeeded(_api.KernelInfoGetConstantInput(_info, (nuint)input, &isConstant, &value)) && isConstant != 0 && value != 0
            ? KernelTensor.Read(_api, value)
            : null;
    }
}
