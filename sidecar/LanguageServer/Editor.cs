using System.Text.Json;
using Microsoft.Extensions.Logging;
using QwenIde.Protocol;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>The other end of the connection: what we ask of it and tell it, as far as it can.</summary>
internal sealed class Editor(RpcPeer peer, ILogger logger)
{
    private volatile ClientCapabilities _capabilities = new();
    private int _tokens;

    /// <summary>What it can do, once <c>initialize</c> has told.</summary>
    public ClientCapabilities Capabilities
    {
        get => _capabilities;
        set => _capabilities = value;
    }

    /// <summary>Tells it how the workspace is.</summary>
    public void ShowStatus(WorkspaceStatus status) =>
        Forget(peer.NotifyAsync(QwenIdeMethods.WorkspaceStatusChanged, status).AsTask());

    /// <summary>Writes a line to its log.</summary>
    public void Log(MessageType type, string message) =>
        Forget(peer.NotifyAsync(LspMethods.LogMessage, new MessageParams { Type = type, Message = message }).AsTask());

    /// <summary>Shows a sentence to the person.</summary>
    public void Show(MessageType type, string message) =>
        Forget(peer.NotifyAsync(LspMethods.ShowMessage, new MessageParams { Type = type, Message = message }).AsTask());

    /// <summary>Lets it pull diagnostics anew.</summary>
    public void RefreshDiagnostics()
    {
        if (Capabilities.Workspace?.Diagnostics?.RefreshSupport == true)
            Forget(peer.RequestAsync(LspMethods.DiagnosticRefresh, RpcNothing.Value));
    }

    /// <summary>Registers an ability.</summary>
    public void Register(string method, JsonElement options) => Forget(peer.RequestAsync(
        LspMethods.RegisterCapability,
        new RegistrationParams
        {
            Registrations = [new Registration { Id = $"qwenide/{method}", Method = method, RegisterOptions = options }],
        }));

    /// <summary>Lets it make an edit.</summary>
    public Task<ApplyWorkspaceEditResult> ApplyAsync(string label, WorkspaceEdit edit, CancellationToken cancellationToken) =>
        peer.RequestAsync(
            LspMethods.ApplyEdit, new ApplyWorkspaceEditParams { Label = label, Edit = edit }, cancellationToken);

    /// <summary>Opens a progress; null if the editor shows none.</summary>
    public async Task<NumberOrText?> CreateProgressAsync()
    {
        if (Capabilities.Window?.WorkDoneProgress != true)
            return null;
        NumberOrText token = $"qwenide/{Interlocked.Increment(ref _tokens)}";
        return await TryAsync(peer.RequestAsync(
            LspMethods.WorkDoneProgressCreate, new WorkDoneProgressTokenParams { Token = token }))
            ? token
            : default(NumberOrText?);
    }

    /// <summary>Tells a step of a progress.</summary>
    public Task ReportProgressAsync(NumberOrText token, WorkDoneProgress step) =>
        TryAsync(peer.NotifyAsync(LspMethods.Progress, new ProgressParams { Token = token, Value = step }).AsTask());

    private void Forget(Task task) => _ = TryAsync(task);

    // An editor that refuses or is gone is no reason to fail: it merely does not get to see this.
    private async Task<bool> TryAsync(Task task)
    {
        try
        {
            await task;
            return true;
        }
        catch (Exception exception) when (exception is RpcException or RpcConnectionClosedException or OperationCanceledException)
        {
            logger.LogDebug("The editor did not take a message: {Reason}", exception.Message);
            return false;
        }
    }
}
