using System.Runtime.InteropServices;

namespace QwenIde.Export.Onnx;

/// <summary>Collects nodes, inputs, outputs and small constants of one graph, and serialises them as a <c>ModelProto</c>.</summary>
internal sealed class GraphBuilder
{
    /// <summary>The domain of ONNX Runtime's contributed operators.</summary>
    public const string Microsoft = "com.microsoft";

    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);

    /// <summary>Declares an input of the graph and returns its name.</summary>
    public string Input(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        _inputs.Add(new OnnxValue(name, type, [.. shape]));
        return name;
    }

    /// <summary>Declares an output of the graph; a node must write it.</summary>
    public void Output(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape) =>
        _outputs.Add(new OnnxValue(name, type, [.. shape]));

    /// <summary>Adds a node with one output, named after the node, and returns that output.</summary>
    public string Add(string name, string @operator, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(name, "", @operator, inputs, attributes);

    /// <summary>Adds a node of ONNX Runtime's domain with one output, and returns that output.</summary>
    public string AddMicrosoft(string name, string @operator, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Add(name, Microsoft, @operator, inputs, attributes);

    /// <summary>Adds a node whose outputs have names of their own.</summary>
    public void Add(
        string name, string domain, string @operator, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, ReadOnlySpan<OnnxAttribute> attributes) =>
        _nodes.Add(new OnnxNode(name, @operator, domain, [.. inputs], [.. outputs], [.. attributes]));

    /// <summary>Splits a value along its last axis.</summary>
    public string[] Split(string name, string input, params ReadOnlySpan<long> sizes)
    {
        var outputs = new string[sizes.Length];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = $"{name}/output_{i}";
        Add(name, "", "Split", [input, Constant(sizes)], outputs, [("axis", -1)]);
        return outputs;
    }

    /// <summary>Reshapes a value; 0 keeps a dimension, -1 takes what is left.</summary>
    public string Reshape(string name, string input, params ReadOnlySpan<long> shape) =>
        Add(name, "Reshape", [input, Constant(shape)]);

    /// <summary>Converts a value to another type.</summary>
    public string Cast(string name, string input, OnnxElementType type) => Add(name, "Cast", [input], ("to", (long)type));

    /// <summary>A list of integers.</summary>
    public string Constant(params ReadOnlySpan<long> values)
    {
        var name = "constant/" + string.Join('_', values.ToArray());
        return Constant(new OnnxTensor(name, OnnxElementType.Int64, [values.Length], [.. MemoryMarshal.AsBytes(values)]));
    }

    /// <summary>A single integer without dimensions.</summary>
    public string Scalar(long value) =>
        Constant(new OnnxTensor($"scalar/{value}", OnnxElementType.Int64, [], [.. MemoryMarshal.AsBytes<long>([value])]));

    /// <summary>Named floating-point constants of a shape.</summary>
    public string Constant(string name, OnnxElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        if (type != OnnxElementType.Float16)
            return Constant(new OnnxTensor(name, OnnxElementType.Float32, [.. shape], [.. MemoryMarshal.AsBytes(values)]));
        var halves = new Half[values.Length];
        for (var i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        return Constant(new OnnxTensor(name, OnnxElementType.Float16, [.. shape], [.. MemoryMarshal.AsBytes<Half>(halves)]));
    }

    /// <summary>The model file's bytes.</summary>
    /// <param name="opset">Version of ONNX's own operators.</param>
    /// <param name="weights">Constants that live in data files.</param>
    /// <param name="metadata">Key and value pairs for whoever looks into the file.</param>
    public byte[] Serialise(int opset, IEnumerable<OnnxTensor> weights, IEnumerable<KeyValuePair<string, string>> metadata) =>
        OnnxSerialiser.Model(opset, _nodes, [.. _constants.Values, .. weights], _inputs, _outputs, metadata);

    private string Add(string name, string domain, string @operator, ReadOnlySpan<string> inputs, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var output = name + "/output_0";
        Add(name, domain, @operator, inputs, [output], attributes);
        return output;
    }

    private string Constant(OnnxTensor tensor)
    {
        _constants.TryAdd(tensor.Name, tensor);
        return tensor.Name;
    }
}
