using System.Threading.Channels;

namespace QwenIde.Rpc.Dispatch;

/// <summary>What has been read and waits to be worked off, bounded by its size in memory.</summary>
/// <remarks>
/// The bound is kept by not reading on (<see cref="RoomAsync"/>), which slows the sender down. While a reply to a request
/// of ours is awaited, reading must go on all the same: the reply may stand right behind what fills the inbox, and the
/// handler that awaits it may be what keeps the inbox full.
/// </remarks>
internal sealed class Inbox(long limit)
{
    private readonly Channel<Incoming> _queue =
        Channel.CreateUnbounded<Incoming>(new UnboundedChannelOptions { SingleReader = true });

    private readonly object _gate = new();
    private long _bytes;
    private int _awaitedReplies;
    private TaskCompletionSource? _room;

    internal IAsyncEnumerable<Incoming> ReadAllAsync() => _queue.Reader.ReadAllAsync(CancellationToken.None);

    internal void Add(Incoming item)
    {
        lock (_gate)
            _bytes += item.Weight;
        _queue.Writer.TryWrite(item);
    }

    internal void Complete() => _queue.Writer.TryComplete();

    /// <summary>To be called once for each item, when it no longer waits.</summary>
    internal void Release(Incoming item)
    {
        lock (_gate)
        {
            _bytes -= item.Weight;
            Signal();
        }
    }

    internal void ReplyAwaited(int change)
    {
        lock (_gate)
        {
            _awaitedReplies += change;
            Signal();
        }
    }

    /// <summary>Completes when reading may go on: with false if it must not, because the peer sent far too much.</summary>
    internal async ValueTask<bool> RoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_bytes > 4 * limit)
                    return false;
                if (IsOpen)
                    return true;
                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsOpen => _bytes <= limit || _awaitedReplies > 0;

    private void Signal()
    {
        if (IsOpen)
            _room?.TrySetResult();
    }
}

/// <summary>Something the dispatcher has to do.</summary>
/// <param name="Weight">What it occupies, about, in bytes.</param>
internal abstract record Incoming(long Weight)
{
    /// <summary>What a message costs beside its body.</summary>
    private const int Overhead = 512;

    /// <summary>A request or a notification with a handler.</summary>
    internal sealed record Call(Handler Handler, RpcId? Id, ReadOnlyMemory<byte> Params, CancellationToken Cancellation)
        : Incoming(Params.Length + Overhead);

    /// <summary>An error to be sent in its turn.</summary>
    internal sealed record Refusal(ReadOnlyMemory<byte> Reply) : Incoming(Reply.Length + Overhead);
}
