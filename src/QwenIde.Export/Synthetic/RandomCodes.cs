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
        if (layout.ScaleType == OnnxElementType.Float16)
            MemoryMarshal.Cast<byte, Half>(scales).Fill((Half)scale);
        else
            MemoryMarshal.Cast<byte, float>(scales).Fill(scale);
        return true;
    }
}
