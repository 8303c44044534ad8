using System.Text;

namespace QwenIde.Bench.Engine.Gguf;

/// <summary>How a tensor's elements are stored; the numbers are ggml's.</summary>
internal enum GgufType
{
    Float32 = 0,

    /// <summary>Blocks of 32 along a row: a half-precision scale, then 16 bytes of two unsigned nibbles around 8.</summary>
    Q4 = 2,
}

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">ggml's name.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Extents">Innermost first, as ggml counts.</param>
internal sealed record GgufTensor(string Name, GgufType Type, params long[] Extents)
{
    public const int BlockElements = 32;
    public const int BlockBytes = 2 + BlockElements / 2;

    public long Elements => Extents.Aggregate(1L, (product, extent) => product * extent);

    public long Bytes => Type == GgufType.Float32 ? Elements * sizeof(float) : Elements / BlockElements * BlockBytes;
}

/// <summary>
/// Writes a GGUF file, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): metadata, a table of
/// tensors, and their data in the same order, each aligned.
/// </summary>
internal sealed class GgufWriter : IDisposable
{
    private const uint Magic = 0x46554747;
    private const uint Version = 3;
    private const int Alignment = 32;
    private readonly MemoryStream _metadata = new();
    private readonly BinaryWriter _writer;
    private ulong _count;

    private enum Kind : uint
    {
        UInt32 = 4,
        Int32 = 5,
        Float32 = 6,
        Boolean = 7,
        Text = 8,
        Array = 9,
    }

    public GgufWriter() => _writer = new BinaryWriter(_metadata);

    public void Add(string key, uint value)
    {
        AddKey(key, Kind.UInt32);
        _writer.Write(value);
    }

    public void Add(string key, float value)
    {
        AddKey(key, Kind.Float32);
        _writer.Write(value);
    }

    public void Add(string key, bool value)
    {
        AddKey(key, Kind.Boolean);
        _writer.Write(value);
    }

    public void Add(string key, string value)
    {
        AddKey(key, Kind.Text);
        Write(_writer, value);
    }

    public void Add(string key, IReadOnlyCollection<string> values)
    {
        AddArray(key, Kind.Text, values.Count);
        foreach (var value in values)
            Write(_writer, value);
    }

    public void Add(string key, IReadOnlyCollection<int> values)
    {
        AddArray(key, Kind.Int32, values.Count);
        foreach (var value in values)
            _writer.Write(value);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="tensors">In the order of the file.</param>
    /// <param name="fill">Writes the data of one tensor, all of its bytes.</param>
    public void Save(string path, IReadOnlyCollection<GgufTensor> tensors, Action<GgufTensor, Stream> fill)
    {
        using FileStream file = File.Create(path, 1 << 20);
        using var header = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        header.Write(Magic);
        header.Write(Version);
        header.Write((ulong)tensors.Count);
        header.Write(_count);
        header.Flush();
        _metadata.WriteTo(file);
        long offset = 0;
        foreach (GgufTensor tensor in tensors)
        {
            Write(header, tensor.Name);
            header.Write(tensor.Extents.Length);
            foreach (var extent in tensor.Extents)
                header.Write(extent);
            header.Write((int)tensor.Type);
            header.Write(offset);
            offset += Aligned(tensor.Bytes);
        }
        header.Flush();
        foreach (GgufTensor tensor in tensors)
        {
            Pad(file);
            var begun = file.Position;
            fill(tensor, file);
            if (file.Position - begun != tensor.Bytes)
                throw new InvalidOperationException($"{tensor.Name} has {tensor.Bytes} bytes, and {file.Position - begun} were written.");
        }
        Pad(file);
    }

    public void Dispose() => _writer.Dispose();

    private void AddKey(string key, Kind kind)
    {
        Write(_writer, key);
        _writer.Write((uint)kind);
        _count++;
    }

    private void AddArray(string key, Kind kind, int length)
    {
        AddKey(key, Kind.Array);
        _writer.Write((uint)kind);
        _writer.Write((ulong)length);
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void Pad(FileStream file)
    {
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        file.Write(zeros[..(int)(Aligned(file.Position) - file.Position)]);
    }

    private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
