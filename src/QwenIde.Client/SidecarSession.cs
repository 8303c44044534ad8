using System.ComponentModel;
using System.Diagnostics;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Client;

/// <summary>One run of the sidecar: the process and the connection to it.</summary>
internal sealed class SidecarSession : IAsyncDisposable
{
    private readonly SidecarOptions _options;
    private readonly Process _process;
    private readonly Task _errors;
    private string? _lastErrorLine;

    private SidecarSession(SidecarOptions options, Process process)
    {
        _options = options;
        _process = process;
        _errors = Task.Run(ReadErrorsAsync);
        Peer = new RpcPeer(process.StandardOutput.BaseStream, process.StandardInput.BaseStream, new RpcPeerOptions
        {
            Trace = options.Trace,
            Time = options.Time,
            DrainTimeout = options.StopTimeout,
        });
    }

    internal RpcPeer Peer { get; }

    /// <summary>What the sidecar said of itself.</summary>
    internal InitializeResult Server { get; private set; } = null!;

    /// <summary>Starts the process and shakes hands.</summary>
    /// <exception cref="SidecarUnavailableException">There is no such program: trying again is of no use.</exception>
    /// <exception cref="IOException">It ended, failed or stayed silent.</exception>
    internal static async Task<SidecarSession> StartAsync(SidecarOptions options, CancellationToken cancellationToken)
    {
        var session = new SidecarSession(options, StartProcess(options));
        try
        {
            await session.ShakeHandsAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (RpcConnectionClosedException)
        {
            var why = await session.EndAsync(cancellationToken).ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
            throw new IOException(why);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Completes when the sidecar has ended, or no longer talks; with one sentence that says how.</summary>
    internal async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(Peer.Completion, _process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!await ExitsWithinAsync(_options.StopTimeout).ConfigureAwait(false))
            return $"The sidecar stopped talking: {(await Peer.Completion.ConfigureAwait(false)).Message}";
        return _lastErrorLine is { } last
            ? $"The sidecar ended with exit code {_process.ExitCode}: {last}"
            : $"The sidecar ended with exit code {_process.ExitCode}.";
    }

    /// <summary>Asks the sidecar to end, and ends it with all that it started if it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await SayGoodbyeAsync().ConfigureAwait(false);
        await Peer.DisposeAsync().ConfigureAwait(false);
        if (!await ExitsWithinAsync(_options.StopTimeout).ConfigureAwait(false))
            Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static Process StartProcess(SidecarOptions options)
    {
        var start = new ProcessStartInfo(options.Program, options.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = options.WorkingDirectory ?? AppContext.BaseDirectory,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new SidecarUnavailableException($"The sidecar '{options.Program}' cannot be started: {failure.Message}");
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        Peer.Start(_options.Handlers());
        using var patience = new CancellationTokenSource(_options.StartTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var hello = _options.Initialize with { ProcessId = Environment.ProcessId };
            Server = await Peer.RequestAsync(LspMethods.Initialize, hello, either.Token).ConfigureAwait(false);
            await Peer.NotifyAsync(LspMethods.Initialized, new InitializedParams(), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The sidecar did not answer within {_options.StartTimeout.TotalSeconds} s.");
        }
        catch (RpcRemoteException refused)
        {
            throw new IOException($"The sidecar refused to begin: {refused.Message}", refused);
        }
    }

    private async Task SayGoodbyeAsync()
    {
        if (Peer.Completion.IsCompleted || Server is null)
            return;
        using var patience = new CancellationTokenSource(_options.StopTimeout, _options.Time);
        try
        {
            await Peer.RequestAsync(LspMethods.Shutdown, RpcNothing.Value, patience.Token).ConfigureAwait(false);
            await Peer.NotifyAsync(LspMethods.Exit, RpcNothing.Value, patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is RpcException or IOException or OperationCanceledException)
        {
            // It will be ended another way.
        }
    }

    private async Task<bool> ExitsWithinAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time, _options.Time);
        try
        {
            // The error stream ends with the process, unless something it started holds it open.
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            await Task.WhenAny(_errors, Task.Delay(Timeout.Infinite, patience.Token)).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in between, or a part of the tree is not ours to end.
        }
    }

    private async Task ReadErrorsAsync()
    {
        try
        {
            while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    _lastErrorLine = line.Trim();
                _options.ErrorLine?.Invoke(line);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process has been disposed.
        }
    }
}
