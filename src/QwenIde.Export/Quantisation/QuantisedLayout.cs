using QwenIde.Export.Onnx;

namespace QwenIde.Export.Quantisation;

/// <summary>
/// Weights in blocks along the input dimension, each block with one scale: <c>weight = (code - 2^(bits-1)) * scale</c>.
/// Codes are packed from the low bits of a byte upwards, as <c>MatMulNBits</c> and <c>QMoE</c> read them.
/// </summary>
/// <param name="Bits">Bits per code: 4 or 8.</param>
/// <param name="Block">Weights per scale.</param>
/// <param name="ScaleType">How scales are stored; codes are chosen for the stored scale.</param>
internal sealed record QuantisedLayout(int Bits, int Block, OnnxElementType ScaleType)
{
    /// <summary>Blocks of a row; the last one may be filled up.</summary>
    public int Blocks(int columns) => (columns + Block - 1) / Block;

    /// <summary>Bytes of a block's codes.</summary>
    public int BlockBytes => Block * Bits / 8;

    /// <summary>Bytes of a row's codes.</summary>
    public int CodeBytes(int columns) => Blocks(columns) * BlockBytes;

    /// <summary>Bytes of a row's scales.</summary>
    public int ScaleBytes(int columns) => Blocks(columns) * ScaleType.Size();
}
