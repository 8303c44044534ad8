using System.Globalization;
using QwenIde.Rpc;

namespace QwenIde.Client;

/// <summary>Keeps a sidecar running, and talks to it: what every .NET front end shares.</summary>
/// <remarks>
/// <para>Starts the program, says <c>initialize</c> and <c>initialized</c>, and is then <see cref="SidecarPhase.Running"/>.
/// A sidecar that ends by itself is started again after a wait that doubles each time, until it has ended too often
/// (<see cref="RestartPolicy"/>): then it is <see cref="SidecarPhase.Failed"/> until someone calls <see cref="Start"/>.</para>
/// <para>Calls wait while the sidecar starts, and fail when it is stopped, given up, or ends before it answers. What a
/// new sidecar must be told again (open documents) is the front end's: it hears of it by <see cref="StateChanged"/>.</para>
/// <para>The sidecar ends with us: on dispose by <c>shutdown</c> and <c>exit</c>, then by force with all it has started;
/// and when this process dies, because its standard input ends.</para>
/// </remarks>
public sealed class SidecarClient(SidecarOptions options) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _keeping = Task.CompletedTask;
    private TaskCompletionSource<RpcPeer> _running = Unavailable("The sidecar has not been started.");
    private SidecarState _state = new(SidecarPhase.Stopped, "The sidecar has not been started.");

    /// <summary>Raised after each change, one at a time, from any thread; handlers must be quick.</summary>
    public event Action<SidecarState>? StateChanged;

    /// <summary>How the sidecar is.</summary>
    public SidecarState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Starts the sidecar, unless it is kept running already.</summary>
    /// <exception cref="ObjectDisposedException">The client has been disposed.</exception>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (_state.Phase is not (SidecarPhase.Stopped or SidecarPhase.Failed))
                return;
            _state = new SidecarState(SidecarPhase.Starting, "The sidecar is starting.");
            _running = new TaskCompletionSource<RpcPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
            var before = _keeping;
            _keeping = Task.Run(() => KeepRunningAsync(before));
        }
    }

    /// <summary>Calls the sidecar, when it runs.</summary>
    /// <exception cref="SidecarUnavailableException">It is stopped or given up.</exception>
    /// <exception cref="RpcRemoteException">It answered with an error.</exception>
    /// <exception cref="RpcConnectionClosedException">It ended before it answered.</exception>
    public async Task<TResult> RequestAsync<TParams, TResult>(
        RpcRequest<TParams, TResult> method, TParams value, CancellationToken cancellationToken = default)
    {
        var peer = await PeerAsync(cancellationToken).ConfigureAwait(false);
        return await peer.RequestAsync(method, value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the sidecar something, when it runs.</summary>
    /// <exception cref="SidecarUnavailableException">It is stopped or given up.</exception>
    /// <exception cref="RpcConnectionClosedException">It has just ended.</exception>
    public async Task NotifyAsync<TParams>(
        RpcNotification<TParams> method, TParams value, CancellationToken cancellationToken = default)
    {
        var peer = await PeerAsync(cancellationToken).ConfigureAwait(false);
        await peer.NotifyAsync(method, value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the sidecar for good.</summary>
    public async ValueTask DisposeAsync()
    {
        Task keeping;
        lock (_gate)
            keeping = _keeping;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        Change(new SidecarState(SidecarPhase.Stopped, "The sidecar was stopped."), null);
    }

    private Task<RpcPeer> PeerAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _running.Task.WaitAsync(cancellationToken);
    }

    private async Task KeepRunningAsync(Task before)
    {
        await before.ConfigureAwait(false);
        var budget = new RestartBudget(options.Restart, options.Time);
        while (true)
        {
            string why;
            try
            {
                why = await RunOnceAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SidecarUnavailableException failure)
            {
                Change(new SidecarState(SidecarPhase.Failed, failure.Message), null);
                return;
            }
            catch (Exception failure)
            {
                why = failure.Message;
            }

            if (budget.Next() is not { } delay)
            {
                var often = $"It ended {options.Restart.Most + 1} times within {Seconds(options.Restart.Window)} and is not started again.";
                Change(new SidecarState(SidecarPhase.Failed, $"{why} {often}"), null);
                return;
            }

            Change(new SidecarState(SidecarPhase.Waiting, $"{why} It is started again in {Seconds(delay)}."), null);
            try
            {
                await Task.Delay(delay, options.Time, _stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Runs the sidecar until it ends, and says how it did.</summary>
    private async Task<string> RunOnceAsync()
    {
        Change(new SidecarState(SidecarPhase.Starting, "The sidecar is starting."), null);
        var session = await SidecarSession.StartAsync(options, _stopping.Token).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            Change(new SidecarState(SidecarPhase.Running, "The sidecar is running.", session.Server), session.Peer);
            return await session.EndAsync(_stopping.Token).ConfigureAwait(false);
        }
    }

    private void Change(SidecarState state, RpcPeer? peer)
    {
        lock (_gate)
        {
            _state = state;
            if (state.Phase is SidecarPhase.Failed or SidecarPhase.Stopped)
            {
                if (_running.TrySetException(new SidecarUnavailableException(state.Message)))
                    _ = _running.Task.Exception; // Observed: nobody may be waiting.
                _running = Unavailable(state.Message);
            }
            else if (peer is not null)
                _running.TrySetResult(peer);
            else if (_running.Task.IsCompleted)
                _running = new TaskCompletionSource<RpcPeer>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        StateChanged?.Invoke(state);
    }

    private static TaskCompletionSource<RpcPeer> Unavailable(string message)
    {
        var never = new TaskCompletionSource<RpcPeer>();
        never.SetException(new SidecarUnavailableException(message));
        _ = never.Task.Exception; // Observed: nobody may ever ask.
        return never;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
