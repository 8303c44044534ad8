using System.Text;
using System.Threading.Channels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.Logging;
using QwenIde.Workspace.Loading;
using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace;

/// <summary>
/// The open solution: the one place where its state changes. Changes are applied one at a time and each yields a new
/// <see cref="SolutionSnapshot"/>; snapshots already handed out stay as they are.
/// </summary>
public sealed class SolutionHost : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SourceText> _buffers = new(PathNames.Comparer);
    private readonly Channel<SolutionSnapshot> _announcements =
        Channel.CreateUnbounded<SolutionSnapshot>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WorkspaceOptions _options;
    private readonly IProgress<LoadProgress>? _progress;
    private readonly SolutionLoader _loader;
    private readonly SnapshotServices _services;
    private readonly Task _announcing;

    private LoadContext _context;
    private LoadedModel _model;
    private SolutionSnapshot _current;
    private HashSet<string> _changedWhileLoading = new(PathNames.Comparer);
    private CancellationTokenSource _loading = new();
    private Task _fullModel = Task.CompletedTask;
    private bool _isTrusted;
    private bool _isClosed;

    private SolutionHost(
        LoadContext context, LoadedModel model, SolutionLoader loader, SnapshotServices services, WorkspaceOptions options,
        IProgress<LoadProgress>? progress)
    {
        (_context, _model, _loader, _services, _options, _progress) = (context, model, loader, services, options, progress);
        _isTrusted = options.IsTrusted;
        _current = new SolutionSnapshot(1, loader.ToSolution(model), model.ToReport(context), services);
        _announcing = AnnounceAsync();
    }

    /// <summary>Opens a solution, project or folder from its project files alone; the full model follows in the background.</summary>
    /// <exception cref="WorkspaceLoadException">There is nothing to open; the message says what to do.</exception>
    public static async Task<SolutionHost> OpenAsync(
        string path, WorkspaceOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var composing = RoslynHost.Shared; // takes seconds; the project files are read meanwhile
        var (context, model) = await Task.Run(() =>
        {
            progress?.Report(new LoadProgress("Looking for projects", 0, 0));
            var target = LoadTarget.Find(path, cancellationToken);
            var folder = Directory.Exists(target.Path) ? target.Path : Path.GetDirectoryName(target.Path)!;
            var context = new LoadContext(
                new WorkspaceRoot(options.Root ?? WorkspaceRoot.Around(folder), options.IsTrusted),
                options.IsTrusted, RoslynRuntime.Loaded, options.PackagesFolder ?? DefaultPackagesFolder());
            return (context, new ProjectFilesLoader(context).Load(target, progress, cancellationToken));
        }, cancellationToken);

        var roslyn = await composing.WaitAsync(cancellationToken);
        var loader = new SolutionLoader(roslyn.Services, options.Logger);
        var host = new SolutionHost(
            context, model, loader, new SnapshotServices(roslyn, options.Logger), options, progress);
        host.StartLoading(readProjectFiles: false);
        return host;
    }

    /// <summary>The newest snapshot.</summary>
    public SolutionSnapshot Current
    {
        get { lock (_gate) return _current; }
    }

    /// <summary>Ends when the full model has arrived, or will not; never faults. Its outcome stands in <see cref="LoadReport"/>.</summary>
    public Task FullModel
    {
        get { lock (_gate) return _fullModel; }
    }

    /// <summary>Raised after each new snapshot, in order, on a thread of its own.</summary>
    public event EventHandler<SolutionSnapshot>? Changed;

    /// <summary>The editor's text of a file now counts instead of the file's.</summary>
    public SolutionSnapshot SetBuffer(string path, string text)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            var buffer = SourceText.From(text, Encoding.UTF8);
            _buffers[path] = buffer;
            return Publish(_current.Solution.WithFile(path, buffer, _model, _context).WithText(path, buffer));
        }
    }

    /// <summary>The file's own text counts again.</summary>
    public SolutionSnapshot CloseBuffer(string path)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            if (!_buffers.Remove(path))
                return _current;
            _context.Texts.Forget(path);
            return Publish(WithDisk(_current.Solution, path));
        }
    }

    /// <summary>
    /// Files were created, changed or deleted on disk. A change of a project file, or of one that it imports, starts a
    /// reload in the background.
    /// </summary>
    public async Task<SolutionSnapshot> FilesChangedAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var texts = _context.Texts;
        var changed = await Task.Run(() =>
        {
            var files = paths.Select(Path.GetFullPath).Distinct(PathNames.Comparer).SelectMany(Files).ToArray();
            foreach (var file in files)
                texts.Forget(file); // its time and length may be the same
            return files;
        }, cancellationToken);
        SolutionSnapshot snapshot;
        bool mustReload;
        lock (_gate)
        {
            _changedWhileLoading.UnionWith(changed);
            snapshot = Publish(changed.Aggregate(_current.Solution, WithDisk));
            mustReload = changed.Any(_model.IsInput);
        }

        if (mustReload)
            StartLoading(readProjectFiles: true);
        return snapshot;
    }

    /// <summary>The user trusts the workspace from now on: starts stage two.</summary>
    public void Trust()
    {
        lock (_gate)
        {
            if (_isTrusted)
                return;
            _isTrusted = true;
        }

        StartLoading(readProjectFiles: true);
    }

    /// <summary>Stops what runs in the background, MSBuild's child process included.</summary>
    public async ValueTask DisposeAsync()
    {
        Task loading;
        lock (_gate)
        {
            _isClosed = true;
            _loading.Cancel();
            loading = _fullModel;
        }

        await loading;
        _announcements.Writer.TryComplete();
        await _announcing;
        _loader.Dispose();
    }

    /// <summary>Replaces whatever load is running by a fresh one.</summary>
    private void StartLoading(bool readProjectFiles)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _loading.Cancel();
            _loading = new CancellationTokenSource(); // has no timer and no handle, so there is nothing to dispose of
            _changedWhileLoading = new HashSet<string>(PathNames.Comparer);
            var before = _fullModel;
            var token = _loading.Token;
            _fullModel = Task.Run(() => LoadAsync(before, readProjectFiles, token), CancellationToken.None);
        }
    }

    private async Task LoadAsync(Task before, bool readProjectFiles, CancellationToken cancellationToken)
    {
        await before; // never faults, and was told to stop
        try
        {
            var context = _context.Refreshed(_isTrusted);
            var model = _model;
            if (readProjectFiles)
                model = new ProjectFilesLoader(context).Load(LoadTarget.Find(model.Target.Path, cancellationToken), _progress, cancellationToken);
            if (readProjectFiles || (_isTrusted && model.HasGenerators))
                await SwapAsync(model, context, cancellationToken);

            if (_isTrusted && _options.LoadFullModel)
            {
                model = await _loader.LoadFullModelAsync(model, context, _progress, cancellationToken);
                await SwapAsync(model, context, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // A newer load took over, or the workspace is being closed.
        }
        catch (Exception exception)
        {
            _options.Logger.LogWarning(exception, "The load failed.");
            AddIssue(new LoadIssue(ProblemSeverity.Error, exception is WorkspaceLoadException
                ? exception.Message
                : $"The solution could not be loaded again, so the last model stays: {exception.Message}", _model.Target.Path));
        }
    }

    /// <summary>Puts a new model in place: open buffers still count, and files that changed meanwhile are looked at again.</summary>
    private async Task SwapAsync(LoadedModel loaded, LoadContext context, CancellationToken cancellationToken)
    {
        var (solution, model) = await _loader.WithGeneratorsAsync(_loader.ToSolution(loaded), loaded, context, cancellationToken);
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (_model, _context) = (model, context);
            solution = _changedWhileLoading.Aggregate(solution, WithDisk);
            foreach (var (path, buffer) in _buffers)
                solution = solution.WithFile(path, buffer, model, context).WithText(path, buffer);
            Publish(solution, model.ToReport(context));
        }
    }

    private void AddIssue(LoadIssue issue)
    {
        lock (_gate)
            Publish(_current.Solution, _current.Report with { Issues = _current.Report.Issues.Add(issue) });
    }

    /// <summary>The next snapshot, unless nothing changed. The gate is held.</summary>
    private SolutionSnapshot Publish(Solution solution, LoadReport? report = null)
    {
        if (solution == _current.Solution && (report is null || report == _current.Report))
            return _current;
        _current = new SolutionSnapshot(_current.Version + 1, solution, report ?? _current.Report, _services);
        _announcements.Writer.TryWrite(_current);
        return _current;
    }

    /// <summary>Brings one file in line with the disk; an open buffer still counts. The gate is held.</summary>
    private Solution WithDisk(Solution solution, string path)
    {
        if (_buffers.ContainsKey(path))
            return solution;
        if (!File.Exists(path))
            return solution.WithoutPath(path);
        var isSource = !solution.GetDocumentIdsWithFilePath(path).IsEmpty || _model.Projects.Any(project => project.Description.Compile.Includes(path));
        return isSource && _context.Texts.Read(path, out _) is { } text
            ? solution.WithFile(path, text, _model, _context).WithText(path, text)
            : solution;
    }

    /// <summary>A created folder stands for the source files in it.</summary>
    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.cs", new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
        })
        : [path];

    private async Task AnnounceAsync()
    {
        await foreach (var snapshot in _announcements.Reader.ReadAllAsync())
        {
            try
            {
                Changed?.Invoke(this, snapshot);
            }
            catch (Exception exception)
            {
                _options.Logger.LogError(exception, "A listener failed on version {Version}.", snapshot.Version);
            }
        }
    }

    private static string DefaultPackagesFolder() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
