using QwenIde.Export.Onnx;
using QwenIde.Export.Quantisation;

namespace QwenIde.Export.Graph;

/// <summary>How rows of numbers are stored.</summary>
internal abstract record RowEncoding
{
    private RowEncoding()
    {
    }

    /// <summary>As numbers, row by row.</summary>
    /// <param name="Type">32 or 16 bits.</param>
    public sealed record Plain(OnnxElementType Type) : RowEncoding;

    /// <summary>As numbers, column by column: what <c>MatMul</c> wants of a matrix stored as <c>[out, in]</c>.</summary>
    /// <param name="Type">32 or 16 bits.</param>
    public sealed record Transposed(OnnxElementType Type) : RowEncoding;

    /// <summary>As codes and scales, each row by row.</summary>
    /// <param name="Layout">Bits, block and type of the scales.</param>
    public sealed record Quantised(QuantisedLayout Layout) : RowEncoding;
}
