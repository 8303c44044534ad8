using System.Buffers;
using System.Collections.Immutable;
using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Graph;

/// <summary>A tensor that the checkpoint must have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record ExpectedTensor(string Name, ImmutableArray<long> Shape)
{
    /// <summary>The tensor of the source.</summary>
    /// <exception cref="ExportException">It is missing or has another shape.</exception>
    public TensorInfo In(ITensorSource source)
    {
        var tensor = source.Find(Name)
            ?? throw new ExportException($"The checkpoint has no tensor `{Name}`, which its config.json asks for; the download may be incomplete.");
        return tensor.Shape.SequenceEqual(Shape)
            ? tensor
            : throw new ExportException(
                $"The tensor `{Name}` has the shape [{string.Join(", ", tensor.Shape)}], but config.json asks for [{string.Join(", ", Shape)}].");
    }
}

/// <summary>A matrix that is put together from rows of a checkpoint's tensors.</summary>
internal abstract class RowSource
{
    /// <summary>Number of rows.</summary>
    public abstract long Count { get; }

    /// <summary>Elements of a row.</summary>
    public abstract int Columns { get; }

    /// <summary>The tensors that are read.</summary>
    public abstract IEnumerable<ExpectedTensor> Tensors { get; }

    /// <summary>Reads whole rows.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="first">Index of the first row.</param>
    /// <param name="destination">Receives as many rows as it has room for.</param>
    public abstract void Read(ITensorSource source, long first, Span<float> destination);
}

/// <summary>Adjacent rows of a tensor, taken as a matrix of the stack's width.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="First">Index of the first row.</param>
/// <param name="Count">Number of rows.</param>
internal readonly record struct RowRange(ExpectedTensor Tensor, long First, long Count);

/// <summary>Ranges of rows, one below the other.</summary>
internal sealed class StackedRows : RowSource
{
    private readonly ImmutableArray<RowRange> _ranges;
    private readonly long[] _starts;

    public StackedRows(int columns, IEnumerable<RowRange> ranges)
    {
        Columns = columns;
        _ranges = [.. ranges];
        _starts = new long[_ranges.Length];
        foreach (var (i, range) in _ranges.Index())
        {
            _starts[i] = Count;
            Count += range.Count;
        }
    }

    /// <inheritdoc/>
    public override long Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<ExpectedTensor> Tensors => _ranges.Select(range => range.Tensor).Distinct();

    /// <summary>A whole tensor.</summary>
    public static StackedRows Of(string name, params ReadOnlySpan<long> shape)
    {
        var columns = (int)shape[^1];
        long rows = 1;
        foreach (var size in shape[..^1])
            rows *= size;
        return new StackedRows(columns, [new RowRange(new ExpectedTensor(name, [.. shape]), 0, rows)]);
    }

    /// <inheritdoc/>
    public override void Read(ITensorSource source, long first, Span<float> destination)
    {
        var index = Array.BinarySearch(_starts, first);
        if (index < 0)
            index = ~index - 1;
        while (destination.Length > 0)
        {
            var range = _ranges[index];
            var skipped = first - _starts[index];
            var rows = Math.Min(range.Count - skipped, destination.Length / Columns);
            var elements = (int)(rows * Columns);
            source.Read(range.Tensor.In(source), (range.First + skipped) * Columns, destination[..elements]);
            destination = destination[elements..];
            first += rows;
            index++;
        }
    }
}

/// <summary>
/// The first matrices of all experts, gate and up rows alternating: row <c>2n</c> is gate row <c>n</c>, row <c>2n + 1</c>
/// up row <c>n</c>. Experts are filled up to a width with rows of zeros, which change nothing.
/// </summary>
internal sealed class InterleavedExperts(ExpertTensors experts, int paddedWidth) : RowSource
{
    /// <inheritdoc/>
    public override long Count => (long)experts.Count * 2 * paddedWidth;

    /// <inheritdoc/>
    public override int Columns => experts.Hidden;

    /// <inheritdoc/>
    public override IEnumerable<ExpectedTensor> Tensors =>
        Enumerable.Range(0, experts.Count).SelectMany(expert => new[] { experts.Gate(expert).Tensor, experts.Up(expert).Tensor }).Distinct();

    /// <inheritdoc/>
    public override void Read(ITensorSource source, long first, Span<float> destination)
    {
        // Both kinds of rows are read in runs and then dealt out.
        var scratch = ArrayPool<float>.Shared.Rent(destination.Length / 2 + Columns);
        try
        {
            while (destination.Length > 0)
            {
                var (expert, row) = Math.DivRem(first, 2L * paddedWidth);
                var rows = (int)Math.Min(2L * paddedWidth - row, destination.Length / Columns);
                var part = destination[..(rows * Columns)];
                Deal(source, experts.Gate((int)expert), row, 0, part, scratch);
                Deal(source, experts.Up((int)expert), row, 1, part, scratch);
                destination = destination[part.Length..];
                first += rows;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    private void Deal(ITensorSource source, RowRange range, long firstRow, int parity, Span<float> part, Span<float> scratch)
    {
        var rows = part.Length / Columns;
        var skip = (int)((parity - firstRow) & 1); // where the first row of this kind stands in the part
        var first = (firstRow + skip) / 2;
        var wanted = (rows - skip + 1) / 2;
        var there = (int)Math.Clamp(range.Count - first, 0, wanted);
        if (there > 0)
            source.Read(range.Tensor.In(source), (range.First + first) * Columns, scratch[..(there * Columns)]);
        for (var i = 0; i < wanted; i++)
        {
            var target = part.Slice((skip + 2 * i) * Columns, Columns);
            if (i < there)
                scratch.Slice(i * Columns, Columns).CopyTo(target);
            else
                target.Clear();
        }
    }
}

/// <summary>Rows that are filled up with zeros to a greater width.</summary>
internal sealed class PaddedRows(RowSource rows, int columns) : RowSource
{
    /// <inheritdoc/>
    public override long Count => rows.Count;

    /// <inheritdoc/>
    public override int Columns => columns;

    /// <inheritdoc/>
    public override IEnumerable<ExpectedTensor> Tensors => rows.Tensors;

    /// <inheritdoc/>
    public override void Read(ITensorSource source, long first, Span<float> destination)
    {
        var count = destination.Length / columns;
        rows.Read(source, first, destination[..(count * rows.Columns)]);
        for (var i = count - 1; i >= 0; i--)
        {
            var row = destination.Slice(i * columns, columns);
            destination.Slice(i * rows.Columns, rows.Columns).CopyTo(row);
            row[rows.Columns..].Clear();
        }
    }
}

/// <summary>Rows whose elements pass through a function.</summary>
internal sealed class MappedRows(RowSource rows, Func<float, float> map) : RowSource
{
    /// <inheritdoc/>
    public override long Count => rows.Count;

    /// <inheritdoc/>
    public override int Columns => rows.Columns;

    /// <inheritdoc/>
    public override IEnumerable<ExpectedTensor> Tensors => rows.Tensors;

    /// <inheritdoc/>
    public override void Read(ITensorSource source, long first, Span<float> destination)
    {
        rows.Read(source, first, destination);
        foreach (ref var element in destination)
            element = map(element);
    }
}
