using System.Collections.Concurrent;

namespace QwenIde.Rpc.Dispatch;

/// <summary>The requests of the peer that are not answered yet, so that they can be cancelled.</summary>
/// <remarks>Requests are entered when read, not when run, so that a cancellation always finds the one it means.</remarks>
internal sealed class IncomingRequests(CancellationToken connection)
{
    private readonly ConcurrentDictionary<RpcId, CancellationTokenSource> _sources = new();

    /// <summary>Enters a request; null if its id is in use.</summary>
    internal CancellationToken? Enter(RpcId id)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(connection);
        if (_sources.TryAdd(id, source))
            return source.Token;
        source.Dispose();
        return null;
    }

    internal void Cancel(RpcId id)
    {
        if (!_sources.TryGetValue(id, out var source))
            return;
        try
        {
            // Whatever hangs on the token runs elsewhere: this is called by the loop that reads.
            _ = source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Answered in between.
        }
    }

    internal void Leave(RpcId id)
    {
        if (_sources.TryRemove(id, out var source))
            source.Dispose();
    }
}
