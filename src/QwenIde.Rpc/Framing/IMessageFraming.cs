using System.Buffers;
using System.IO.Pipelines;

namespace QwenIde.Rpc.Framing;

/// <summary>Tells messages apart on a byte stream. Implementations hold no state: all of it is in the stream.</summary>
public interface IMessageFraming
{
    /// <summary>Reads up to the end of the next message, of a message too large to keep, or of input that is none.</summary>
    /// <param name="input">Where from; advanced behind what was read.</param>
    /// <param name="maxBodyBytes">Longest body that is kept.</param>
    /// <param name="cancellationToken">Ends the wait for more input.</param>
    ValueTask<FramedInput> ReadAsync(PipeReader input, int maxBodyBytes, CancellationToken cancellationToken);

    /// <summary>Writes one message.</summary>
    void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body);
}

/// <summary>The two framings.</summary>
public static class MessageFraming
{
    /// <summary><c>Content-Length</c> headers, as the Language Server Protocol's base protocol has them.</summary>
    public static IMessageFraming ContentLength { get; } = new ContentLengthFraming();

    /// <summary>One message a line, as the Agent Client Protocol and MCP have it on standard input and output.</summary>
    public static IMessageFraming Newline { get; } = new NewlineFraming();
}

/// <summary>What a framing found on the stream.</summary>
public abstract record FramedInput
{
    private FramedInput()
    {
    }

    /// <summary>A whole message.</summary>
    /// <param name="Body">Its bytes, supposed to be JSON.</param>
    public sealed record Message(ReadOnlyMemory<byte> Body) : FramedInput;

    /// <summary>A message over the limit; it has been skipped.</summary>
    /// <param name="Length">Its length in bytes.</param>
    /// <param name="Head">Its first bytes, in which its id may be found.</param>
    public sealed record TooLarge(long Length, ReadOnlyMemory<byte> Head) : FramedInput;

    /// <summary>Bytes that belong to no message; they have been skipped.</summary>
    /// <param name="Sentence">What was wrong, for a person.</param>
    public sealed record Garbage(string Sentence) : FramedInput;

    /// <summary>The end of the stream.</summary>
    /// <param name="Truncated">Whether it came in the middle of a message.</param>
    public sealed record Ended(bool Truncated) : FramedInput;
}
