using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using QwenIde.Protocol;
using QwenIde.Protocol.Acp;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.Tests.Process;

/// <summary>An editor as the sidecar sees one: starts the real process and talks to it over its standard streams.</summary>
internal sealed class TestEditor : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(QwenIdeProgram.Patience);
    private readonly Channel<WorkspaceStatus> _statuses = Channel.CreateUnbounded<WorkspaceStatus>();
    private readonly StringBuilder _log = new();
    private readonly Task _logging;

    private TestEditor(System.Diagnostics.Process process)
    {
        Process = process;
        Peer = new RpcPeer(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        _logging = ReadLogAsync();
    }

    public System.Diagnostics.Process Process { get; }

    public RpcPeer Peer { get; }

    public InitializeResult? Initialized { get; private set; }

    /// <summary>The edits that the server asked for.</summary>
    public ConcurrentQueue<ApplyWorkspaceEditParams> Applied { get; } = new();

    public ConcurrentQueue<RegistrationParams> Registrations { get; } = new();

    public ConcurrentQueue<WorkDoneProgress> Progress { get; } = new();

    /// <summary>The sentences for the log and for the person.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public Channel<string> Chunks { get; } = Channel.CreateUnbounded<string>();

    public SemaphoreSlim Refreshes { get; } = new(0);

    public CancellationToken Patience => _patience.Token;

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>Starts the process without a word.</summary>
    public static TestEditor Start(Action<ProcessStartInfo>? configure = null)
    {
        ProcessStartInfo start = QwenIdeProgram.StartInfo("serve", "--stdio", "--log-level", "Debug");
        configure?.Invoke(start);
        var editor = new TestEditor(System.Diagnostics.Process.Start(start)!);
        editor.Peer.Start(editor.Handlers());
        return editor;
    }

    /// <summary>Starts the process and opens a folder.</summary>
    public static async Task<TestEditor> OpenAsync(
        string? folder, InitializationOptions? options = null, Action<ProcessStartInfo>? configure = null)
    {
        TestEditor editor = Start(configure);
        await editor.InitializeAsync(folder, options);
        return editor;
    }

    public async Task InitializeAsync(string? folder, InitializationOptions? options = null, int? processId = null)
    {
        Initialized = await Peer.RequestAsync(
            LspMethods.Initialize,
            new InitializeParams
            {
                ProcessId = processId ?? Environment.ProcessId,
                Capabilities = Capabilities,
                InitializationOptions = (options ?? new InitializationOptions { Diagnostics = true }).ToJson(),
                WorkspaceFolders = folder is null
                    ? null
                    : [new WorkspaceFolder { Uri = DocumentUri.FromFilePath(folder), Name = "folder" }],
            },
            Patience);
        await Peer.NotifyAsync(LspMethods.Initialized, new InitializedParams(), Patience);
    }

    /// <summary>The next status that fulfils a condition.</summary>
    public async Task<WorkspaceStatus> StatusAsync(Func<WorkspaceStatus, bool> condition)
    {
        while (true)
        {
            WorkspaceStatus status = await _statuses.Reader.ReadAsync(Patience);
            if (condition(status))
                return status;
        }
    }

    public Task<WorkspaceStatus> ReadyAsync() => StatusAsync(status => status.State == WorkspaceState.Ready);

    public ValueTask OpenDocumentAsync(string path, string text, int version = 1) => Peer.NotifyAsync(
        LspMethods.DidOpen,
        new DidOpenTextDocumentParams
        {
            TextDocument = new TextDocumentItem
            {
                Uri = DocumentUri.FromFilePath(path),
                LanguageId = "csharp",
                Version = version,
                Text = text,
            },
        },
        Patience);

    public ValueTask ChangeAsync(string path, int version, params TextDocumentContentChangeEvent[] changes) => Peer.NotifyAsync(
        LspMethods.DidChange,
        new DidChangeTextDocumentParams
        {
            TextDocument = new VersionedTextDocumentIdentifier { Uri = DocumentUri.FromFilePath(path), Version = version },
            ContentChanges = changes,
        },
        Patience);

    public ValueTask CloseDocumentAsync(string path) => Peer.NotifyAsync(
        LspMethods.DidClose, new DidCloseTextDocumentParams { TextDocument = Identify(path) }, Patience);

    public Task<DocumentDiagnosticReport> PullAsync(string path, string? previous = null) => Peer.RequestAsync(
        LspMethods.Diagnostic, new DocumentDiagnosticParams { TextDocument = Identify(path), PreviousResultId = previous }, Patience);

    public async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(string path) =>
        Assert.IsType<FullDocumentDiagnosticReport>(await PullAsync(path)).Items;

    public async Task<IReadOnlyList<CodeAction>> CodeActionsAsync(string path, Diagnostic diagnostic, CancellationToken? cancellation = null) =>
        (await Peer.RequestAsync(
            LspMethods.CodeAction,
            new CodeActionParams
            {
                TextDocument = Identify(path),
                Range = diagnostic.Range,
                Context = new CodeActionContext { Diagnostics = [diagnostic] },
            },
            cancellation ?? Patience))!;

    public Task<CodeAction> ResolveAsync(CodeAction action) =>
        Peer.RequestAsync(LspMethods.CodeActionResolve, action, Patience);

    public async Task<string> NewSessionAsync(string folder) => (await Peer.RequestAsync(
        AcpMethods.NewSession, new NewSessionParams { Cwd = folder, McpServers = [] }, Patience)).SessionId;

    public Task<PromptResult> PromptAsync(string session, string question) => Peer.RequestAsync(
        AcpMethods.Prompt,
        new PromptParams { SessionId = session, Prompt = [new TextContent { Text = question }] },
        Patience);

    /// <summary>The pieces of the next whole answer: up to the words that end each. Pieces may arrive after the reply that
    /// ends the turn, since replies overtake notifications here.</summary>
    public async Task<List<string>> AnswerAsync()
    {
        var pieces = new List<string>();
        do
            pieces.Add(await Chunks.Reader.ReadAsync(Patience));
        while (!pieces[^1].Contains("No model is set up yet", StringComparison.Ordinal));
        return pieces;
    }

    /// <summary>Ends as the protocol has it and gives the exit code.</summary>
    public async Task<int> ShutDownAsync()
    {
        await Peer.RequestAsync(LspMethods.Shutdown, RpcNothing.Value, Patience);
        await Peer.NotifyAsync(LspMethods.Exit, RpcNothing.Value, Patience);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await Process.WaitForExitAsync(Patience);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync(CancellationToken.None);
        await _logging;
        Process.Dispose();
        _patience.Dispose();
        Refreshes.Dispose();
        if (Log.Contains("HandlerFailed", StringComparison.Ordinal))
            Assert.Fail($"A handler failed:\n{Log}");
    }

    public static TextDocumentIdentifier Identify(string path) => new() { Uri = DocumentUri.FromFilePath(path) };

    private static ClientCapabilities Capabilities { get; } = new()
    {
        Workspace = new WorkspaceClientCapabilities
        {
            ApplyEdit = true,
            WorkspaceEdit = new WorkspaceEditClientCapabilities { DocumentChanges = true },
            DidChangeWatchedFiles = new DidChangeWatchedFilesClientCapabilities { DynamicRegistration = true },
            Diagnostics = new RefreshClientCapabilities { RefreshSupport = true },
        },
        TextDocument = new TextDocumentClientCapabilities
        {
            Diagnostic = new DiagnosticClientCapabilities { DynamicRegistration = true },
        },
        Window = new WindowClientCapabilities { WorkDoneProgress = true },
    };

    private RpcHandlers Handlers() => new RpcHandlers()
        .Ordered(QwenIdeMethods.WorkspaceStatusChanged, (status, _) => _statuses.Writer.WriteAsync(status, Patience).AsTask())
        .Ordered(LspMethods.RegisterCapability, (parameters, _) => Nothing(() => Registrations.Enqueue(parameters)))
        .Ordered(LspMethods.WorkDoneProgressCreate, (_, _) => Nothing(() => { }))
        .Ordered(LspMethods.DiagnosticRefresh, (_, _) => Nothing(() => Refreshes.Release()))
        .Ordered(LspMethods.Progress, (parameters, _) => Nothing(() => Progress.Enqueue(parameters.Value)))
        .Ordered(LspMethods.LogMessage, (parameters, _) => Nothing(() => Said.Enqueue(parameters.Message)))
        .Ordered(LspMethods.ShowMessage, (parameters, _) => Nothing(() => Said.Enqueue(parameters.Message)))
        .Ordered(AcpMethods.Update, (parameters, _) => Nothing(() => Chunks.Writer.TryWrite(
            Assert.IsType<TextContent>(Assert.IsType<AgentMessageChunk>(parameters.Update).Content).Text)))
        .Ordered(LspMethods.ApplyEdit, (parameters, _) =>
        {
            Applied.Enqueue(parameters);
            return Task.FromResult(new ApplyWorkspaceEditResult { Applied = true });
        });

    private static Task<RpcNothing> Nothing(Action act)
    {
        act();
        return Task.FromResult(RpcNothing.Value);
    }

    private async Task ReadLogAsync()
    {
        while (await Process.StandardError.ReadLineAsync() is { } line)
            lock (_log)
                _log.AppendLine(line);
    }
}
