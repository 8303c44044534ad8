using System.IO.Pipelines;
using System.Threading.Channels;
using QwenIde.Rpc.Framing;

namespace QwenIde.Rpc.Sending;

/// <summary>Messages on their way out. One writer gathers what is ready before each flush; senders wait when it is full.</summary>
internal sealed class Outbox(PipeWriter output, IMessageFraming framing, int capacity)
{
    private const int FlushAtBytes = 64 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> _queue =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(capacity) { SingleReader = true });

    /// <summary>Queues a message; messages leave in the order of these calls.</summary>
    /// <exception cref="ChannelClosedException">Nothing is sent any more.</exception>
    internal ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(message, cancellationToken);

    /// <summary>Queues a message, or drops it when nothing is sent any more.</summary>
    internal async ValueTask TrySendAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _queue.Writer.WriteAsync(message).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The connection ended first; there is nobody to tell.
        }
    }

    /// <summary>Sends what is queued and nothing after it.</summary>
    internal void Complete() => _queue.Writer.TryComplete();

    /// <summary>Writes until completed.</summary>
    /// <exception cref="IOException">The peer no longer reads, or writing failed.</exception>
    internal async Task RunAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                long unflushed = 0;
                while (unflushed < FlushAtBytes && _queue.Reader.TryRead(out var message))
                {
                    framing.Write(output, message.Span);
                    unflushed += message.Length;
                }

                var flushed = await output.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted)
                    throw new IOException("The peer no longer reads.");
            }
        }
        finally
        {
            // Whatever ended this, nobody may wait for room that never comes.
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out _))
            {
            }
        }
    }
}
