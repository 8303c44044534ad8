using QwenIde.Rpc.Dispatch;
using QwenIde.Rpc.Messages;

namespace QwenIde.Rpc.Sending;

/// <summary>Our requests that the peer has not answered yet.</summary>
internal sealed class PendingRequests(Inbox inbox)
{
    private readonly object _gate = new();
    private readonly Dictionary<long, Pending> _pending = [];
    private long _lastId;
    private RpcClosure? _closure;

    /// <summary>Enters a request, before it is sent.</summary>
    /// <exception cref="RpcConnectionClosedException">The connection has ended.</exception>
    internal Pending Enter(string method)
    {
        lock (_gate)
        {
            if (_closure is not null)
                throw Closed(method, _closure);
            var pending = new Pending(++_lastId, method);
            _pending.Add(pending.Number, pending);
            inbox.ReplyAwaited(+1);
            return pending;
        }
    }

    /// <summary>Gives a request its response; false if nobody awaits it.</summary>
    internal bool TryComplete(Envelope response) =>
        Leave(response.Id) is { } pending && pending.Source.TrySetResult(response);

    /// <summary>Lets a request fail; false if nobody awaits it.</summary>
    internal bool TryFail(RpcId? id, Func<string, Exception> failure) =>
        Leave(id) is { } pending && pending.Source.TrySetException(failure(pending.Method));

    /// <summary>Gives a request up; false if it has been answered already.</summary>
    internal bool TryForget(Pending pending) => Leave(pending.Id) is not null;

    internal void FailAll(RpcClosure closure)
    {
        List<Pending> left;
        lock (_gate)
        {
            _closure = closure;
            left = [.. _pending.Values];
            _pending.Clear();
            inbox.ReplyAwaited(-left.Count);
        }

        foreach (var pending in left)
            pending.Source.TrySetException(Closed(pending.Method, closure));
    }

    internal RpcConnectionClosedException Closed(string method) => Closed(method, _closure!);

    private static RpcConnectionClosedException Closed(string method, RpcClosure closure) =>
        new($"'{method}' got no answer: {closure.Message}", closure);

    private Pending? Leave(RpcId? id)
    {
        lock (_gate)
        {
            if (id is not { Text: null } some || !_pending.Remove(some.Number, out var pending))
                return null;
            inbox.ReplyAwaited(-1);
            return pending;
        }
    }

    internal sealed class Pending(long number, string method)
    {
        internal long Number => number;

        internal RpcId Id => new(number);

        internal string Method => method;

        internal TaskCompletionSource<Envelope> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
