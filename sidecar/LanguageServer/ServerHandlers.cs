using QwenIde.Rpc;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Handlers that serve between <c>initialize</c> and <c>shutdown</c> only; outside of it requests are refused and
/// notifications dropped, as the Language Server Protocol has it.</summary>
internal sealed class ServerHandlers(Lifecycle lifecycle)
{
    /// <summary>What to start the peer with.</summary>
    public RpcHandlers Inner { get; } = new();

    /// <summary>A notification that changes state: run to its end before the next message.</summary>
    public void Change<TParams>(RpcNotification<TParams> method, Action<TParams> apply) =>
        Inner.Ordered(method, (parameters, _) =>
        {
            if (lifecycle.IsRunning)
                apply(parameters);
            return Task.CompletedTask;
        });

    /// <summary>A request that changes state: run to its end before the next message.</summary>
    public void Change<TParams, TResult>(RpcRequest<TParams, TResult> method, Func<TParams, TResult> apply) =>
        Inner.Ordered(method, (parameters, _) =>
        {
            lifecycle.RequireRunning();
            return Task.FromResult(apply(parameters));
        });

    /// <summary>A request that asks: <paramref name="begin"/> captures what it needs in order, the rest runs freely.</summary>
    public void Query<TParams, TResult>(
        RpcRequest<TParams, TResult> method, Func<TParams, Func<CancellationToken, Task<TResult>>> begin) =>
        Inner.Concurrent(method, parameters =>
        {
            lifecycle.RequireRunning();
            return begin(parameters);
        });

    /// <summary>As a query, for what may last minutes.</summary>
    public void LongQuery<TParams, TResult>(
        RpcRequest<TParams, TResult> method, Func<TParams, Func<CancellationToken, Task<TResult>>> begin) =>
        Inner.LongRunning(method, parameters =>
        {
            lifecycle.RequireRunning();
            return begin(parameters);
        });
}
