using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace QwenIde.Export.Onnx;

/// <summary>Writes the protobuf wire format: varints, 32-bit floats, and length-prefixed text, bytes and messages.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintWire = 0;
    private const int LengthPrefixedWire = 2;
    private const int Fixed32Wire = 5;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private ProtobufWriter? _scratch;

    /// <summary>What has been written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>An <c>int32</c>, <c>int64</c> or <c>enum</c> field.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, VarintWire);
        Varint((ulong)value);
    }

    /// <summary>A <c>float</c> field.</summary>
    public void Float(int field, float value)
    {
        Tag(field, Fixed32Wire);
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    /// <summary>A <c>string</c> field.</summary>
    public void Text(int field, string value)
    {
        Tag(field, LengthPrefixedWire);
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _buffer);
    }

    /// <summary>A <c>bytes</c> field, or a message that is serialised already.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthPrefixedWire);
        Varint((ulong)value.Length);
        _buffer.Write(value);
    }

    /// <summary>A message field. The scratch writers of one depth are shared, so a message may not outlive its callback.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var scratch = _scratch ??= new ProtobufWriter();
        scratch._buffer.ResetWrittenCount();
        write(scratch);
        Bytes(field, scratch.Written);
    }

    private void Tag(int field, int wire) => Varint((ulong)(field << 3 | wire));

    private void Varint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _buffer.Advance(length);
    }
}
