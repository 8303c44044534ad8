using System.Collections.Immutable;

namespace QwenIde.Export.Onnx;

/// <summary>The value of a node's attribute.</summary>
/// <param name="Name">Its name in the operator's schema.</param>
/// <param name="Value">A <see cref="long"/>, <see cref="float"/>, <see cref="string"/> or <c>long[]</c>.</param>
internal sealed record OnnxAttribute(string Name, object Value)
{
    public static implicit operator OnnxAttribute((string Name, long Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator OnnxAttribute((string Name, float Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator OnnxAttribute((string Name, string Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator OnnxAttribute((string Name, long[] Value) pair) => new(pair.Name, pair.Value);
}

/// <summary>One operator call.</summary>
/// <param name="Name">Unique in the graph.</param>
/// <param name="Operator">The operator's name.</param>
/// <param name="Domain">Empty for ONNX's own operators.</param>
/// <param name="Inputs">Names of values; an empty name is an absent optional input.</param>
/// <param name="Outputs">Names of values.</param>
/// <param name="Attributes">Constants of the call.</param>
internal sealed record OnnxNode(
    string Name, string Operator, string Domain,
    ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableArray<OnnxAttribute> Attributes);

/// <summary>An input or output of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Per dimension a number or the name of a free dimension.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, ImmutableArray<OnnxDimension> Shape);

/// <summary>A dimension: a number, or a name where it is free.</summary>
internal readonly record struct OnnxDimension(long Size, string? Name)
{
    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string name) => new(0, name);
}

/// <summary>A constant of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Bytes">The little-endian elements, or default where they are in <paramref name="External"/>.</param>
/// <param name="External">Where the elements are, if not in the model file.</param>
internal sealed record OnnxTensor(
    string Name, OnnxElementType Type, ImmutableArray<long> Shape, ImmutableArray<byte> Bytes, ExternalLocation? External = null);

/// <summary>A stretch of a data file beside the model.</summary>
/// <param name="File">File name without a directory.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record ExternalLocation(string File, long Offset, long Length);
