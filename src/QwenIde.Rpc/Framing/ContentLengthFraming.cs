using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace QwenIde.Rpc.Framing;

/// <summary>
/// Header lines up to an empty line, then as many bytes as <c>Content-Length</c> says. Names are compared without case,
/// other headers are ignored, a bare line feed ends a line too.
/// </summary>
/// <remarks>
/// Resynchronises: lines that are no header, as a stray print to standard output makes them, are passed over up to the
/// next <c>Content-Length</c>, even if that does not stand at the beginning of its line.
/// </remarks>
internal sealed class ContentLengthFraming : IMessageFraming
{
    private const int MaxLineBytes = 8 * 1024;
    private const int MaxHeaderLines = 64;

    public async ValueTask<FramedInput> ReadAsync(PipeReader input, int maxBodyBytes, CancellationToken cancellationToken)
    {
        long? length = null;
        long garbage = 0;
        var begun = false;
        for (var lines = 0; ; lines++)
        {
            var read = await ReadLineAsync(input, cancellationToken).ConfigureAwait(false);
            if (read is not { } line)
                return new FramedInput.Ended(Truncated: begun || length is not null);
            begun |= line.Bytes > 0;
            if (line.Kind == LineKind.Empty && length is not null)
                break;
            if (line.Kind == LineKind.Empty)
            {
                // Empty lines between messages are nothing; after lines without a length they end a header that is none.
                if (garbage > 0)
                    return new FramedInput.Garbage($"{garbage} bytes before an empty line hold no usable Content-Length header; they were skipped.");
                continue;
            }

            if (line.Kind == LineKind.Length)
                length = line.Length;
            else
                garbage += line.Bytes;
            if (lines >= MaxHeaderLines)
                return new FramedInput.Garbage($"More than {MaxHeaderLines} lines stand where a message header is expected; they were skipped.");
        }

        if (length.Value <= maxBodyBytes)
        {
            var body = await input.TakeAsync((int)length.Value, cancellationToken).ConfigureAwait(false);
            return body is null ? new FramedInput.Ended(Truncated: true) : new FramedInput.Message(body);
        }

        var head = await input.TakeAsync((int)Math.Min(PipeReaderExtensions.HeadBytes, length.Value), cancellationToken).ConfigureAwait(false);
        return head is not null && await input.SkipAsync(length.Value - head.Length, cancellationToken).ConfigureAwait(false)
            ? new FramedInput.TooLarge(length.Value, head)
            : new FramedInput.Ended(Truncated: true);
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[40];
        "Content-Length: "u8.CopyTo(header);
        Utf8Formatter.TryFormat(body.Length, header[16..], out var digits);
        "\r\n\r\n"u8.CopyTo(header[(16 + digits)..]);
        output.Write(header[..(20 + digits)]);
        output.Write(body);
    }

    /// <summary>Reads one line; of a line over the limit a part, as garbage. Null at the end of the stream.</summary>
    private static async ValueTask<HeaderLine?> ReadLineAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                var line = Parse(buffer.Slice(0, lineFeed));
                input.AdvanceTo(buffer.GetPosition(1, lineFeed));
                return line;
            }

            if (read.IsCompleted || read.IsCanceled)
            {
                input.AdvanceTo(buffer.End);
                return buffer.IsEmpty ? null : new HeaderLine(LineKind.Other, buffer.Length, 0);
            }

            if (buffer.Length > MaxLineBytes)
            {
                // Keep the tail: a header may begin in it.
                var dropped = buffer.Slice(0, buffer.Length - MaxLineBytes / 2);
                input.AdvanceTo(dropped.End);
                return new HeaderLine(LineKind.Other, dropped.Length, 0);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static HeaderLine Parse(ReadOnlySequence<byte> sequence)
    {
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        if (line.IsEmpty)
            return new HeaderLine(LineKind.Empty, 0, 0);
        var name = LastIndexOfName(line);
        if (name < 0)
            return new HeaderLine(LineKind.Other, line.Length, 0);
        var value = line[(name + ContentLength.Length)..].Trim(" \t"u8);
        // Nobody skips more than 2 GiB to get to the next message: such a length is a broken header.
        return Utf8Parser.TryParse(value, out int length, out var consumed) && consumed == value.Length && length >= 0
            ? new HeaderLine(LineKind.Length, line.Length, length)
            : new HeaderLine(LineKind.Other, line.Length, 0);
    }

    private static ReadOnlySpan<byte> ContentLength => "content-length:"u8;

    private static int LastIndexOfName(ReadOnlySpan<byte> line)
    {
        for (var start = line.Length - ContentLength.Length; start >= 0; start--)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(line.Slice(start, ContentLength.Length), ContentLength))
                return start;
        }

        return -1;
    }

    private enum LineKind
    {
        Empty,
        Length,
        Other,
    }

    private readonly record struct HeaderLine(LineKind Kind, long Bytes, int Length);
}
