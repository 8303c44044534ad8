using System.Globalization;

namespace QwenIde.Export.Onnx;

/// <summary>Writes the messages of <c>onnx.proto</c>; the numbers are its field numbers.</summary>
internal static class OnnxSerialiser
{
    private const int IrVersion = 10;
    private const int ExternalData = 1;

    public static byte[] Model(
        int opset, IEnumerable<OnnxNode> nodes, IEnumerable<OnnxTensor> tensors, IEnumerable<OnnxValue> inputs, IEnumerable<OnnxValue> outputs,
        IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ProtobufWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "QwenIde");
        model.Message(7, graph =>
        {
            foreach (var node in nodes)
                graph.Message(1, writer => Node(writer, node));
            graph.Text(2, "main_graph");
            foreach (var tensor in tensors)
                graph.Message(5, writer => Tensor(writer, tensor));
            foreach (var input in inputs)
                graph.Message(11, writer => Value(writer, input));
            foreach (var output in outputs)
                graph.Message(12, writer => Value(writer, output));
        });
        OperatorSet(model, "", opset);
        OperatorSet(model, GraphBuilder.Microsoft, 1);
        foreach (var (key, value) in metadata)
            model.Message(14, entry => Entry(entry, key, value));
        return model.Written.ToArray();
    }

    private static void OperatorSet(ProtobufWriter model, string domain, long version) => model.Message(8, set =>
    {
        set.Text(1, domain);
        set.Integer(2, version);
    });

    private static void Node(ProtobufWriter writer, OnnxNode node)
    {
        foreach (var input in node.Inputs)
            writer.Text(1, input);
        foreach (var output in node.Outputs)
            writer.Text(2, output);
        writer.Text(3, node.Name);
        writer.Text(4, node.Operator);
        foreach (var attribute in node.Attributes)
            writer.Message(5, message => Attribute(message, attribute));
        if (node.Domain.Length > 0)
            writer.Text(7, node.Domain);
    }

    private static void Attribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        const int type = 20;
        writer.Text(1, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                writer.Float(2, number);
                writer.Integer(type, 1);
                break;
            case long number:
                writer.Integer(3, number);
                writer.Integer(type, 2);
                break;
            case string text:
                writer.Text(4, text);
                writer.Integer(type, 3);
                break;
            case long[] numbers:
                foreach (var number in numbers)
                    writer.Integer(8, number);
                writer.Integer(type, 7);
                break;
            default:
                throw new ArgumentException($"The attribute {attribute.Name} has a value that ONNX has no type for: {attribute.Value}.", nameof(attribute));
        }
    }

    private static void Tensor(ProtobufWriter writer, OnnxTensor tensor)
    {
        foreach (var size in tensor.Shape)
            writer.Integer(1, size);
        writer.Integer(2, (long)tensor.Type);
        writer.Text(8, tensor.Name);
        if (tensor.External is not { } external)
        {
            writer.Bytes(9, tensor.Bytes.AsSpan());
            return;
        }

        writer.Message(13, entry => Entry(entry, "location", external.File));
        writer.Message(13, entry => Entry(entry, "offset", external.Offset.ToString(CultureInfo.InvariantCulture)));
        writer.Message(13, entry => Entry(entry, "length", external.Length.ToString(CultureInfo.InvariantCulture)));
        writer.Integer(14, ExternalData);
    }

    private static void Entry(ProtobufWriter writer, string key, string value)
    {
        writer.Text(1, key);
        writer.Text(2, value);
    }

    private static void Value(ProtobufWriter writer, OnnxValue value)
    {
        writer.Text(1, value.Name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, (long)value.Type);
            tensor.Message(2, shape =>
            {
                foreach (var dimension in value.Shape)
                {
                    shape.Message(1, writer =>
                    {
                        if (dimension.Name is { } name)
                            writer.Text(2, name);
                        else
                            writer.Integer(1, dimension.Size);
                    });
                }
            });
        }));
    }
}
