using System.Text;

namespace QwenIde.Inference.Tests.Native;

/// <summary>Writes tiny ONNX models: just enough of the protobuf format for these tests.</summary>
internal sealed class OnnxModel
{
    private readonly Message _graph = new Message().Text(2, "test");
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal) { "" };

    public OnnxModel Node(string type, string[] inputs, string[] outputs, string domain = "", params (string Name, object Value)[] attributes)
    {
        var node = new Message();
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        node.Text(3, $"{type}_{string.Join('_', outputs)}").Text(4, type).Text(7, domain);
        foreach (var (name, value) in attributes)
            node.Child(5, Attribute(name, value));
        _graph.Child(1, node);
        _domains.Add(domain);
        return this;
    }

    /// <summary>An input; dimensions are numbers or names.</summary>
    public OnnxModel Input(string name, int type, params object[] shape) => Value(11, name, type, shape);

    /// <summary>An output; dimensions are numbers or names.</summary>
    public OnnxModel Output(string name, int type, params object[] shape) => Value(12, name, type, shape);

    /// <summary>A weight whose bytes stand in the model.</summary>
    public OnnxModel Weight(string name, int type, long[] shape, byte[] content)
    {
        _graph.Child(5, Tensor(name, type, shape).Bytes(9, content));
        return this;
    }

    /// <summary>A weight whose bytes stand in a file beside the model.</summary>
    public OnnxModel ExternalWeight(string name, int type, long[] shape, params (string Key, string Value)[] location)
    {
        Message tensor = Tensor(name, type, shape).Number(14, 1);
        foreach (var (key, value) in location)
            tensor.Child(13, new Message().Text(1, key).Text(2, value));
        _graph.Child(5, tensor);
        return this;
    }

    public byte[] ToBytes()
    {
        Message model = new Message().Number(1, 10).Child(7, _graph);
        foreach (var domain in _domains)
            model.Child(8, new Message().Text(1, domain).Number(2, domain.Length == 0 ? 21 : 1));
        return model.ToBytes();
    }

    private static Message Attribute(string name, object value) => value switch
    {
        long number => new Message().Text(1, name).Number(3, number).Number(20, 2),
        int number => Attribute(name, (long)number),
        float number => new Message().Text(1, name).Float(2, number).Number(20, 1),
        string text => new Message().Text(1, name).Text(4, text).Number(20, 3),
        _ => throw new ArgumentException($"No attribute of type {value.GetType()}."),
    };

    private static Message Tensor(string name, int type, long[] shape)
    {
        var tensor = new Message();
        foreach (var dimension in shape)
            tensor.Number(1, dimension);
        return tensor.Number(2, type).Text(8, name);
    }

    private OnnxModel Value(int field, string name, int type, object[] shape)
    {
        var dimensions = new Message();
        foreach (var dimension in shape)
            dimensions.Child(1, dimension is string text ? new Message().Text(2, text) : new Message().Number(1, Convert.ToInt64(dimension, null)));
        Message tensor = new Message().Number(1, type).Child(2, dimensions);
        _graph.Child(field, new Message().Text(1, name).Child(2, new Message().Child(1, tensor)));
        return this;
    }

    /// <summary>A protobuf message under construction.</summary>
    internal sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public Message Number(int field, long value)
        {
            Varint((uint)field << 3);
            Varint((ulong)value);
            return this;
        }

        public Message Float(int field, float value)
        {
            Varint(((uint)field << 3) | 5);
            _bytes.AddRange(BitConverter.GetBytes(value));
            return this;
        }

        public Message Bytes(int field, ReadOnlySpan<byte> value)
        {
            Varint(((uint)field << 3) | 2);
            Varint((ulong)value.Length);
            _bytes.AddRange(value);
            return this;
        }

        public Message Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public Message Child(int field, Message value) => Bytes(field, value.ToBytes());

        public byte[] ToBytes() => [.. _bytes];

        private void Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
        }
    }
}
