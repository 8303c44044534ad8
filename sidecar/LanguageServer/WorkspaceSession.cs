using Microsoft.Extensions.Logging;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>How far the workspace is.</summary>
internal enum SessionPhase
{
    /// <summary>There is nothing to open.</summary>
    Empty,
    /// <summary>The first model is on its way.</summary>
    Loading,
    /// <summary>Questions are answered.</summary>
    Ready,
    /// <summary>It cannot be opened; the message says why.</summary>
    Failed,
}

/// <summary>The workspace at one moment.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="IsTrusted">Whether code of the repository may run.</param>
/// <param name="Snapshot">The newest snapshot; null while there is none.</param>
internal sealed record SessionState(SessionPhase Phase, string Message, bool IsTrusted, SolutionSnapshot? Snapshot);

/// <summary>
/// The one workspace of a connection, from nothing to ready: opens it, replays the editor's buffers onto it, and tells of
/// every change of state. Documents may be opened and questions asked before it is there; questions then wait for it.
/// </summary>
internal sealed class WorkspaceSession(string? packagesFolder, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private volatile SessionState _state = new(SessionPhase.Empty, "No folder is open.", IsTrusted: false, Snapshot: null);
    private Task<SolutionHost?> _opening = Task.FromResult<SolutionHost?>(null);
    private volatile SolutionHost? _host;
    private volatile OpenDocuments _documents = OpenDocuments.None;

    /// <summary>The documents that are open now. To be read in order with edits.</summary>
    public OpenDocuments Documents => _documents;

    /// <summary>The newest state.</summary>
    public SessionState State => _state with { Snapshot = _host?.Current };

    /// <summary>Raised when the state has changed in a way that people or front ends should know of; not for every keystroke.</summary>
    public event Action<SessionState>? StateChanged;

    /// <summary>Raised when what the compiler says may have changed without an edit in the editor.</summary>
    public event Action? ModelChanged;

    /// <summary>Begins to open a solution, project or folder, unless one is open.</summary>
    /// <param name="target">What to open, absolute.</param>
    /// <param name="folder">The folder that the user opened; without trust nothing outside of it is read.</param>
    /// <param name="isTrusted">Whether code of the repository may run.</param>
    /// <param name="progress">Is told how it goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ends when the first model has arrived, or will not; never faults.</returns>
    public Task OpenAsync(
        string target, string? folder, bool isTrusted, IProgress<LoadProgress> progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_host is not null || !_opening.IsCompleted)
                return _opening;
            Become(new SessionState(SessionPhase.Loading, $"Opening {target}.", isTrusted, null));
            var options = new WorkspaceOptions(isTrusted, LoadFullModel: true, logger) { Root = folder, PackagesFolder = packagesFolder };
            var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
            return _opening = Task.Run(() => LoadAsync(target, options, progress, cancellation), CancellationToken.None);
        }
    }

    /// <summary>Ends when the full model of the newest load has arrived, or will not; never faults.</summary>
    public Task FullModel => _host?.FullModel ?? Task.CompletedTask;

    /// <summary>Says that nothing can be opened, and why.</summary>
    public void Fail(string message) => Become(new SessionState(SessionPhase.Failed, message, _state.IsTrusted, null));

    /// <summary>
    /// The newest snapshot as of now, or the first one if the workspace is still loading; null if there is none to come.
    /// To be called in order with edits: the snapshot holds those before it and none after.
    /// </summary>
    public Task<SolutionSnapshot?> CaptureAsync()
    {
        lock (_gate)
            return _host is { } host ? Task.FromResult<SolutionSnapshot?>(host.Current) : WaitAsync(_opening);

        static async Task<SolutionSnapshot?> WaitAsync(Task<SolutionHost?> opening) => (await opening)?.Current;
    }

    /// <summary>The editor's text of a file changed.</summary>
    public void SetBuffer(OpenDocument document)
    {
        lock (_gate)
        {
            _documents = _documents.With(document);
            _host?.SetBuffer(document.Path, document.Text);
        }
    }

    /// <summary>The editor closed a file.</summary>
    public void CloseBuffer(string path)
    {
        lock (_gate)
        {
            _documents = _documents.Without(path);
            _host?.CloseBuffer(path);
        }
    }

    /// <summary>Files changed on disk.</summary>
    public async Task FilesChangedAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        if (await _opening.WaitAsync(cancellationToken) is not { } host)
            return;
        await host.FilesChangedAsync(paths, cancellationToken);
        ModelChanged?.Invoke();
    }

    /// <summary>Whether a workspace that could not be opened might be, now that these files have changed.</summary>
    public bool IsWorthOpeningAnew(IEnumerable<string> changed) =>
        _state.Phase is SessionPhase.Empty or SessionPhase.Failed
        && changed.Any(path => Path.GetExtension(path) is ".sln" or ".slnx" or ".csproj");

    /// <summary>The user trusts the workspace from now on: the full model is loaded.</summary>
    public void Trust()
    {
        SessionState state;
        lock (_gate)
        {
            if (_state.IsTrusted)
                return;
            state = _state with { IsTrusted = true };
            _host?.Trust();
        }
        Become(state);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (await _opening is { } host)
            await host.DisposeAsync();
        _ending.Dispose();
    }

    private async Task<SolutionHost?> LoadAsync(
        string target, WorkspaceOptions options, IProgress<LoadProgress> progress, CancellationTokenSource cancellation)
    {
        using (cancellation)
        {
            try
            {
                SolutionHost host = await SolutionHost.OpenAsync(target, options, progress, cancellation.Token);
                Adopt(host, options.IsTrusted);
                return host;
            }
            catch (OperationCanceledException)
            {
                Fail($"Opening {target} was cancelled; reload the window to open it.");
            }
            catch (WorkspaceLoadException exception)
            {
                SessionPhase phase = exception.IsNothingThere ? SessionPhase.Empty : SessionPhase.Failed;
                Become(new SessionState(phase, exception.Message, _state.IsTrusted, null));
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Opening {Target} failed", target);
                Fail($"Opening {target} failed: {exception.Message}");
            }
            return null;
        }
    }

    // Under the gate, so that no edit falls between the replay and the host's being known.
    private void Adopt(SolutionHost host, bool wasTrusted)
    {
        LoadReport? known = null;
        bool isTrusted;
        lock (_gate)
        {
            foreach (OpenDocument document in _documents.All)
                host.SetBuffer(document.Path, document.Text);
            known = host.Current.Report;
            host.Changed += (_, snapshot) =>
            {
                if (ReferenceEquals(Interlocked.Exchange(ref known, snapshot.Report), snapshot.Report))
                    return;
                Become(Ready(snapshot.Report, _state.IsTrusted));
                ModelChanged?.Invoke();
            };
            _host = host;
            isTrusted = _state.IsTrusted;
            if (isTrusted && !wasTrusted)
                host.Trust();
        }
        Become(Ready(known, isTrusted));
        ModelChanged?.Invoke();
    }

    private void Become(SessionState state)
    {
        _state = state;
        if (state.Phase == SessionPhase.Failed)
            logger.LogError("{Message}", state.Message);
        else
            logger.LogInformation("{Message}", state.Message);
        StateChanged?.Invoke(State);
    }

    private static SessionState Ready(LoadReport report, bool isTrusted)
    {
        var files = report.Projects.Sum(project => project.Documents);
        var stage = report.Stage == ModelStage.MSBuild ? "MSBuild" : "project files";
        var message = $"{Path.GetFileName(report.Target)}: {report.Projects.Length} projects, {files} files (from {stage}).";
        return new SessionState(SessionPhase.Ready, message, isTrusted, null);
    }
}
