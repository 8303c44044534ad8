using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using QwenIde.Export.Graph;
using QwenIde.Export.Onnx;
using QwenIde.Export.Quantisation;

namespace QwenIde.Export.Writing;

/// <summary>Writes the weights of one job in chunks of rows, several at once. What is written does not depend on the chunks.</summary>
internal sealed class JobWriter(DataLayout layout, IReadOnlyDictionary<string, SafeFileHandle> files, WeightProducer producer)
{
    // Numbers per chunk: large enough for long writes, small enough that all chunks in flight need few megabytes.
    private const int ChunkElements = 1 << 20;

    // A transposed chunk writes a piece into every row of the result; more rows make longer pieces.
    private const int TransposedChunkElements = 1 << 22;

    /// <summary>Writes all of a job.</summary>
    /// <param name="job">What to write.</param>
    /// <param name="written">Told the bytes of every chunk, from any thread.</param>
    /// <param name="cancellationToken">Ends the work between chunks.</param>
    /// <exception cref="ExportException">A weight cannot be read or stored.</exception>
    public void Write(WeightJob job, Action<long> written, CancellationToken cancellationToken)
    {
        var elements = job.Encoding is RowEncoding.Transposed ? TransposedChunkElements : ChunkElements;
        long rows = Math.Max(1, elements / job.Rows.Columns);
        var chunks = (job.Rows.Count + rows - 1) / rows;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.For(0, chunks, options, chunk =>
            {
                var first = chunk * rows;
                var count = (int)Math.Min(rows, job.Rows.Count - first);
                written(WriteChunk(job, first, count));
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<ExportException>().FirstOrDefault() is { } first)
        {
            throw first;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<IOException>().FirstOrDefault() is { } first)
        {
            throw first;
        }
    }

    private long WriteChunk(WeightJob job, long first, int count)
    {
        var (bytes, valid) = job.Encoding switch
        {
            RowEncoding.Plain plain => WritePlain(job, plain.Type, first, count),
            RowEncoding.Transposed transposed => WriteTransposed(job, transposed.Type, first, count),
            RowEncoding.Quantised quantised => WriteQuantised(job, quantised.Layout, first, count),
            _ => throw new ArgumentException("Unknown encoding.", nameof(job)),
        };
        return valid
            ? bytes
            : throw new ExportException($"`{job.Name}` holds numbers that are not finite, or too large for 16 bits, in rows {first} to {first + count - 1}; the checkpoint is damaged, or needs the precision f32.");
    }

    private (long Bytes, bool Valid) WritePlain(WeightJob job, OnnxElementType type, long first, int count)
    {
        var columns = job.Rows.Columns;
        using var rows = PooledBuffer<float>.Rent(count * columns);
        producer.Rows(job, first, rows.Span);
        using var bytes = PooledBuffer<byte>.Rent(count * columns * type.Size());
        var valid = Store(rows.Span, type, bytes.Span);
        Write(job.Weights[0], first * columns * type.Size(), bytes.Span);
        return (bytes.Span.Length, valid);
    }

    private (long Bytes, bool Valid) WriteTransposed(WeightJob job, OnnxElementType type, long first, int count)
    {
        var columns = job.Rows.Columns;
        using var rows = PooledBuffer<float>.Rent(count * columns);
        producer.Rows(job, first, rows.Span);
        using var column = PooledBuffer<float>.Rent(count);
        using var bytes = PooledBuffer<byte>.Rent(count * type.Size());
        var valid = true;
        for (var k = 0; k < columns; k++)
        {
            for (var i = 0; i < count; i++)
                column.Span[i] = rows.Span[i * columns + k];
            valid &= Store(column.Span, type, bytes.Span);
            Write(job.Weights[0], (k * job.Rows.Count + first) * type.Size(), bytes.Span);
        }

        return ((long)count * columns * type.Size(), valid);
    }

    private (long Bytes, bool Valid) WriteQuantised(WeightJob job, QuantisedLayout quantised, long first, int count)
    {
        var columns = job.Rows.Columns;
        var (codeBytes, scaleBytes) = (quantised.CodeBytes(columns), quantised.ScaleBytes(columns));
        using var codes = PooledBuffer<byte>.Rent(count * codeBytes);
        using var scales = PooledBuffer<byte>.Rent(count * scaleBytes);
        var valid = producer.Quantised(job, quantised, first, count, codes.Span, scales.Span);
        Write(job.Weights[0], first * codeBytes, codes.Span);
        Write(job.Weights[1], first * scaleBytes, scales.Span);
        return (codes.Span.Length + scales.Span.Length, valid);
    }

    private static bool Store(ReadOnlySpan<float> values, OnnxElementType type, Span<byte> bytes)
    {
        if (type == OnnxElementType.Float16)
            return HalfPrecision.Narrow(values, MemoryMarshal.Cast<byte, Half>(bytes));
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private void Write(Weight weight, long offset, ReadOnlySpan<byte> bytes)
    {
        var location = layout[weight];
        RandomAccess.Write(files[location.File], bytes, location.Offset + offset);
    }
}
