using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>How far a connection is between <c>initialize</c> and <c>exit</c>. Changed by ordered messages only.</summary>
internal sealed class Lifecycle
{
    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Phase _phase;

    private enum Phase
    {
        BeforeInitialize,
        Running,
        ShutDown,
    }

    /// <summary>Ends when the client says <c>exit</c>.</summary>
    public Task Exit => _exit.Task;

    /// <summary>Whether requests are served now.</summary>
    public bool IsRunning => _phase == Phase.Running;

    /// <summary>What the protocol wants from <c>exit</c>: 0 after <c>shutdown</c>, else 1.</summary>
    public int ExitCode => _phase == Phase.ShutDown ? 0 : 1;

    /// <summary>The client has begun.</summary>
    public void Initialize()
    {
        if (_phase != Phase.BeforeInitialize)
            throw new RpcException(RpcErrorCodes.InvalidRequest, "'initialize' may be sent once.");
        _phase = Phase.Running;
    }

    /// <summary>The client is about to end.</summary>
    public void ShutDown()
    {
        RequireRunning();
        _phase = Phase.ShutDown;
    }

    /// <summary>The client has ended.</summary>
    public void Leave() => _exit.TrySetResult();

    /// <summary>Refuses what comes too early or too late.</summary>
    public void RequireRunning()
    {
        if (_phase == Phase.BeforeInitialize)
            throw new RpcException(LspErrorCodes.ServerNotInitialized, "The first request must be 'initialize'.");
        if (_phase == Phase.ShutDown)
            throw new RpcException(RpcErrorCodes.InvalidRequest, "After 'shutdown' only 'exit' is served.");
    }
}
