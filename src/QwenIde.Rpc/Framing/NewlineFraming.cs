using System.Buffers;
using System.IO.Pipelines;

namespace QwenIde.Rpc.Framing;

/// <summary>One message a line, ended by a line feed; a carriage return before it is white space. Empty lines are nothing.</summary>
internal sealed class NewlineFraming : IMessageFraming
{
    public async ValueTask<FramedInput> ReadAsync(PipeReader input, int maxBodyBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                var line = buffer.Slice(0, lineFeed);
                FramedInput? found = IsBlank(line) ? null
                    : line.Length > maxBodyBytes ? new FramedInput.TooLarge(line.Length, Head(line))
                    : new FramedInput.Message(line.ToArray());
                input.AdvanceTo(buffer.GetPosition(1, lineFeed));
                if (found is not null)
                    return found;
                continue;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                var truncated = !IsBlank(buffer);
                input.AdvanceTo(buffer.End);
                return new FramedInput.Ended(truncated);
            }

            if (buffer.Length > maxBodyBytes)
            {
                var head = Head(buffer);
                input.AdvanceTo(buffer.Start);
                var length = await SkipLineAsync(input, cancellationToken).ConfigureAwait(false);
                return length is { } skipped ? new FramedInput.TooLarge(skipped, head) : new FramedInput.Ended(Truncated: true);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body)
    {
        output.Write(body);
        output.Write("\n"u8);
    }

    /// <summary>Passes over the rest of the line and its end; its length, or null when the stream ends before.</summary>
    private static async ValueTask<long?> SkipLineAsync(PipeReader input, CancellationToken cancellationToken)
    {
        long length = 0;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                length += buffer.Slice(0, lineFeed).Length;
                input.AdvanceTo(buffer.GetPosition(1, lineFeed));
                return length;
            }

            length += buffer.Length;
            input.AdvanceTo(buffer.End);
            if (read.IsCompleted || read.IsCanceled)
                return null;
        }
    }

    private static byte[] Head(ReadOnlySequence<byte> line) =>
        line.Slice(0, Math.Min(line.Length, PipeReaderExtensions.HeadBytes)).ToArray();

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
                return false;
        }

        return true;
    }
}
