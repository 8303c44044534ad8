using System.Numerics;
using System.Runtime.InteropServices;
using QwenIde.Export.Graph;
using QwenIde.Export.Onnx;
using QwenIde.Export.Quantisation;
using QwenIde.Export.Safetensors;
using QwenIde.Export.Writing;

namespace QwenIde.Export.Synthetic;

/// <summary>Random bytes in place of quantised weights, with scales that keep the size of what they multiply: no number is ever rounded.</summary>
internal sealed class RandomCodes(ITensorSource tensors, uint seed) : WeightProducer
{
    /// <inheritdoc/>
    public override void Rows(WeightJob job, long first, Span<float> destination) => job.Rows.Read(tensors, first, destination);

    /// <inheritdoc/>
    public override bool Quantised(WeightJob job, QuantisedLayout layout, long first, int count, Span<byte> codes, Span<byte> scales)
    {
        HashedNumbers.Fill(HashedNumbers.Seed(job.Name, seed), first * layout.CodeBytes(job.Rows.Columns), codes);
        var deviation = Math.Pow(2, layout.Bits) / Math.Sqrt(12);
        var scale = (float)(1 / (deviation * Math.Sqrt(job.Rows.Columns)));
        var half = layout.ScaleType == OnnxElementType.Float16;
        for (var block = 0; block < codes.Length / layout.BlockBytes; block++)
        {
            // Codes around 2^(bits-1) are -1/2 on average. Left so, all rows would share one direction that grows from layer to
            // layer, and every token would choose the same experts: half of the scales are negative.
            var isNegative = (BitOperations.PopCount(MemoryMarshal.Read<uint>(codes[(block * layout.BlockBytes)..])) & 1) != 0;
            var signed = isNegative ? -scale : scale;
            if (half)
                MemoryMarshal.Cast<byte, Half>(scales)[block] = (Half)signed;
            else
                MemoryMarshal.Cast<byte, float>(scales)[block] = signed;
        }
        return true;
    }
}
