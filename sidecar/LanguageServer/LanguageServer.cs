using System.Text.Json;
using Microsoft.Extensions.Logging;
using QwenIde.Protocol.Acp;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;
using QwenIde.Sidecar.Conversation;
using QwenIde.Sidecar.Startup;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>
/// One editor's connection from beginning to end: the Language Server Protocol, conversations, and our additions
/// (<c>docs/protocol.md</c>). Edits are taken up in order; everything else is answered from the snapshot that was the newest
/// when its turn came.
/// </summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly RpcPeer _peer;
    private readonly Lifecycle _lifecycle = new();
    private readonly Editor _editor;
    private readonly WorkspaceSession _session;
    private readonly LoadProgressDisplay _display;
    private readonly ServerHandlers _handlers;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _parentEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private readonly string? _advice;
    private readonly string? _obstacle;
    private InitializationOptions _options = new();
    private string? _folder;

    /// <summary>Prepares a connection.</summary>
    /// <param name="input">What the editor sends.</param>
    /// <param name="output">What it receives.</param>
    /// <param name="packagesFolder">The NuGet package cache; null for the usual one.</param>
    /// <param name="advice">What the user should know about this machine; null if all is well.</param>
    /// <param name="obstacle">Why no workspace can be opened on this machine; null if one can.</param>
    /// <param name="logger">Where everything worth a line goes.</param>
    public LanguageServer(Stream input, Stream output, string? packagesFolder, string? advice, string? obstacle, ILogger logger)
    {
        _advice = advice;
        _obstacle = obstacle;
        _logger = logger;
        _peer = new RpcPeer(input, output, new RpcPeerOptions { Trace = Trace });
        _editor = new Editor(_peer, logger);
        _session = new WorkspaceSession(packagesFolder, logger);
        _display = new LoadProgressDisplay(_editor);
        _handlers = new ServerHandlers(_lifecycle);
    }

    /// <summary>Serves until the client leaves or vanishes, the process it serves ends, or it is cancelled.</summary>
    /// <returns>The exit code: 0 after <c>shutdown</c>, else 1.</returns>
    public async Task<int> RunAsync(int? parentProcess, CancellationToken cancellationToken)
    {
        RegisterHandlers();
        if (parentProcess is { } parent)
            Watch(parent);
        _peer.Start(_handlers.Inner);
        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.Register(() => cancelled.TrySetResult()))
            await Task.WhenAny(_lifecycle.Exit, _peer.Completion, _parentEnded.Task, cancelled.Task);
        return _lifecycle.ExitCode;
    }

    /// <summary>Ends the connection and the workspace; whatever cannot be stopped in time ends with the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        var end = Task.WhenAll(_peer.DisposeAsync().AsTask(), _session.DisposeAsync().AsTask());
        await Task.WhenAny(end, Task.Delay(TimeToEnd));
        _ending.Dispose();
    }

    private void RegisterHandlers()
    {
        _handlers.Inner.Ordered(LspMethods.Initialize, (parameters, _) => Task.FromResult(Initialize(parameters)));
        _handlers.Change(LspMethods.Initialized, _ => Begin());
        _handlers.Inner.Ordered(LspMethods.Shutdown, (_, _) =>
        {
            _lifecycle.ShutDown();
            return Task.FromResult(RpcNothing.Value);
        });
        _handlers.Inner.Ordered(LspMethods.Exit, (_, _) =>
        {
            _lifecycle.Leave();
            return Task.CompletedTask;
        });
        _handlers.Change(LspMethods.SetTrace, _ => { });
        _handlers.Change(LspMethods.WorkDoneProgressCancel, parameters => _display.Cancel(parameters.Token));
        new StatusFeature(_session, _editor, _display).Register(_handlers);
        new DocumentSyncFeature(_session, Open, _logger).Register(_handlers);
        new DiagnosticsFeature(_session).Register(_handlers);
        new CodeActionsFeature(_session, _editor).Register(_handlers);
        new ConversationFeature(_session, _peer).Register(_handlers);
    }

    private InitializeResult Initialize(InitializeParams parameters)
    {
        _lifecycle.Initialize();
        _editor.Capabilities = parameters.Capabilities;
        try
        {
            _options = InitializationOptions.Read(parameters.InitializationOptions);
        }
        catch (JsonException exception)
        {
            throw new RpcException(RpcErrorCodes.InvalidParams, $"initializationOptions do not fit at '{exception.Path}'; see docs/protocol.md.");
        }
        _folder = (parameters.WorkspaceFolders is [var first, ..] ? first.Uri : parameters.RootUri) is { } uri
            ? DocumentSyncFeature.PathOf(uri)
            : null;
        if (parameters.WorkspaceFolders is { Count: > 1 })
            _logger.LogWarning("Several folders are open; {Folder} is served.", _folder);
        if (parameters.ProcessId is { } client)
            Watch(client);
        return new InitializeResult
        {
            ServerInfo = new ImplementationInfo { Name = "qwenide", Version = Product.Version },
            Capabilities = new ServerCapabilities
            {
                PositionEncoding = PositionEncodingKind.Utf16,
                TextDocumentSync = new TextDocumentSyncOptions
                {
                    OpenClose = true,
                    Change = TextDocumentSyncKind.Incremental,
                    Save = new SaveOptions(),
                },
                CodeActionProvider = new CodeActionOptions
                {
                    CodeActionKinds = [CodeActionKind.QuickFix],
                    ResolveProvider = true,
                },
                DiagnosticProvider = _options.Diagnostics && !RegistersDiagnosticsLater ? DiagnosticsFeature.Options : null,
                ExecuteCommandProvider = new ExecuteCommandOptions { Commands = [CodeActionsFeature.ApplyRepair] },
                Experimental = new ExperimentalCapabilities
                {
                    QwenIde = new QwenIdeCapabilities { AcpVersion = AcpMethods.ProtocolVersion },
                }.ToJson(),
            },
        };
    }

    private bool RegistersDiagnosticsLater => _editor.Capabilities.TextDocument?.Diagnostic?.DynamicRegistration == true;

    private void Begin()
    {
        if (_options.Diagnostics && RegistersDiagnosticsLater)
            _editor.Register(LspMethods.Diagnostic.Name, DiagnosticsFeature.RegistrationOptions);
        if (_editor.Capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration == true)
            _editor.Register(LspMethods.DidChangeWatchedFiles.Name, JsonSerializer.SerializeToElement(
                new DidChangeWatchedFilesRegistrationOptions
                {
                    Watchers = [.. DocumentSyncFeature.WatchedPatterns.Select(pattern => new FileSystemWatcherOptions { GlobPattern = pattern })],
                },
                LspJson.Default.DidChangeWatchedFilesRegistrationOptions));
        if (_advice is not null)
            _editor.Show(MessageType.Warning, _advice);
        Open();
    }

    private void Open()
    {
        if (_obstacle is not null)
        {
            _session.Fail(_obstacle);
            return;
        }
        if (TargetToOpen() is not { } target)
            return;
        _ = OpenAsync(target);
    }

    private async Task OpenAsync(string target)
    {
        // Released with the process: an editor may still cancel what has just ended.
        var cancellation = new CancellationTokenSource();
        Task open = _session.OpenAsync(
            target, _folder, _options.Trusted || _session.State.IsTrusted, _display, cancellation.Token);
        await _display.ShowAsync($"Opening {Path.GetFileName(target)}", open, cancellation);
        await open;
        await _display.ShowAsync("Loading with MSBuild", _session.FullModel, cancellation: null);
    }

    // Without a folder there is nothing that a relative name could be below.
    private string? TargetToOpen() => (_folder, _options.Solution) switch
    {
        ({ } folder, { Length: > 0 } solution) => Path.GetFullPath(solution, folder),
        (null, { Length: > 0 } solution) when Path.IsPathFullyQualified(solution) => solution,
        _ => _folder,
    };

    private void Watch(int process) => _ = WatchAsync(process);

    private async Task WatchAsync(int process)
    {
        try
        {
            await ParentWatch.WaitForEndAsync(process, _ending.Token);
            _logger.LogInformation("Process {Process} has ended, and so does qwenide.", process);
            _parentEnded.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            // We ended first.
        }
    }

    private void Trace(RpcTrace trace)
    {
        LogLevel level = trace.Kind switch
        {
            RpcTraceKind.HandlerFailed => LogLevel.Error,
            RpcTraceKind.Refused => LogLevel.Warning,
            RpcTraceKind.Closed => LogLevel.Information,
            RpcTraceKind.Ignored => LogLevel.Debug,
            _ => LogLevel.Trace,
        };
        if (!_logger.IsEnabled(level))
            return;
        var id = trace.Id is { } request ? $" ({request})" : "";
        var size = trace.Bytes > 0 ? $", {trace.Bytes} bytes" : "";
        var sentence = trace.Message is { } message ? $": {message}" : "";
        _logger.Log(level, trace.Exception, "{Kind} {Method}{Id}{Size}{Sentence}", trace.Kind, trace.Method ?? "", id, size, sentence);
    }
}
