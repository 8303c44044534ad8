using QwenIde.Export.Graph;
using QwenIde.Export.Quantisation;
using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Writing;

/// <summary>Where the contents of weights come from. Called from several threads at once.</summary>
internal abstract class WeightProducer
{
    /// <summary>Gives whole rows as numbers.</summary>
    public abstract void Rows(WeightJob job, long first, Span<float> destination);

    /// <summary>Gives whole rows as codes and scales.</summary>
    /// <returns>False if a row cannot be quantised.</returns>
    public abstract bool Quantised(WeightJob job, QuantisedLayout layout, long first, int count, Span<byte> codes, Span<byte> scales);
}

/// <summary>The weights of a checkpoint.</summary>
internal sealed class CheckpointProducer(ITensorSource tensors) : WeightProducer
{
    /// <inheritdoc/>
    public override void Rows(WeightJob job, long first, Span<float> destination) => job.Rows.Read(tensors, first, destination);

    /// <inheritdoc/>
    public override bool Quantised(WeightJob job, QuantisedLayout layout, long first, int count, Span<byte> codes, Span<byte> scales)
    {
        var columns = job.Rows.Columns;
        using var rows = PooledBuffer<float>.Rent(count * columns);
        Rows(job, first, rows.Span);
        var (codeBytes, scaleBytes) = (layout.CodeBytes(columns), layout.ScaleBytes(columns));
        for (var i = 0; i < count; i++)
        {
            if (!BlockQuantiser.Quantise(
                rows.Span.Slice(i * columns, columns), layout, codes.Slice(i * codeBytes, codeBytes), scales.Slice(i * scaleBytes, scaleBytes)))
                return false;
        }

        return true;
    }
}
