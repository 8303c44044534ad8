using System.Text.Json;
using QwenIde.Rpc;
using static QwenIde.Protocol.Lsp.LspJson;

namespace QwenIde.Protocol.Lsp;

/// <summary>The methods of the Language Server Protocol (3.17) that we speak; cancellation is the peer's.</summary>
public static class LspMethods
{
    /// <summary>To the server: begins the connection.</summary>
    public static readonly RpcRequest<InitializeParams, InitializeResult> Initialize =
        new("initialize", Default.InitializeParams, Default.InitializeResult);

    /// <summary>To the server: the answer to <see cref="Initialize"/> has been taken in.</summary>
    public static readonly RpcNotification<InitializedParams> Initialized = new("initialized", Default.InitializedParams);

    /// <summary>To the server: prepare to end.</summary>
    public static readonly RpcRequest<RpcNothing, RpcNothing> Shutdown = new("shutdown", RpcNothing.Json, RpcNothing.Json);

    /// <summary>To the server: end.</summary>
    public static readonly RpcNotification<RpcNothing> Exit = new("exit", RpcNothing.Json);

    /// <summary>To the server: how much to trace.</summary>
    public static readonly RpcNotification<SetTraceParams> SetTrace = new("$/setTrace", Default.SetTraceParams);

    /// <summary>To the client: registers abilities.</summary>
    public static readonly RpcRequest<RegistrationParams, RpcNothing> RegisterCapability =
        new("client/registerCapability", Default.RegistrationParams, RpcNothing.Json);

    /// <summary>To the client: takes abilities back.</summary>
    public static readonly RpcRequest<UnregistrationParams, RpcNothing> UnregisterCapability =
        new("client/unregisterCapability", Default.UnregistrationParams, RpcNothing.Json);

    /// <summary>To the server: a document was opened.</summary>
    public static readonly RpcNotification<DidOpenTextDocumentParams> DidOpen =
        new("textDocument/didOpen", Default.DidOpenTextDocumentParams);

    /// <summary>To the server: an open document was changed.</summary>
    public static readonly RpcNotification<DidChangeTextDocumentParams> DidChange =
        new("textDocument/didChange", Default.DidChangeTextDocumentParams);

    /// <summary>To the server: a document was saved.</summary>
    public static readonly RpcNotification<DidSaveTextDocumentParams> DidSave =
        new("textDocument/didSave", Default.DidSaveTextDocumentParams);

    /// <summary>To the server: a document was closed.</summary>
    public static readonly RpcNotification<DidCloseTextDocumentParams> DidClose =
        new("textDocument/didClose", Default.DidCloseTextDocumentParams);

    /// <summary>To the server: files changed on disk.</summary>
    public static readonly RpcNotification<DidChangeWatchedFilesParams> DidChangeWatchedFiles =
        new("workspace/didChangeWatchedFiles", Default.DidChangeWatchedFilesParams);

    /// <summary>To the server: a document's diagnostics.</summary>
    public static readonly RpcRequest<DocumentDiagnosticParams, DocumentDiagnosticReport> Diagnostic =
        new("textDocument/diagnostic", Default.DocumentDiagnosticParams, Default.DocumentDiagnosticReport);

    /// <summary>To the client: pull diagnostics anew.</summary>
    public static readonly RpcRequest<RpcNothing, RpcNothing> DiagnosticRefresh =
        new("workspace/diagnostic/refresh", RpcNothing.Json, RpcNothing.Json);

    /// <summary>To the server: what can be done at a place.</summary>
    public static readonly RpcRequest<CodeActionParams, IReadOnlyList<CodeAction>?> CodeAction =
        new("textDocument/codeAction", Default.CodeActionParams, Default.IReadOnlyListCodeAction!);

    /// <summary>To the server: completes a code action.</summary>
    public static readonly RpcRequest<CodeAction, CodeAction> CodeActionResolve =
        new("codeAction/resolve", Default.CodeAction, Default.CodeAction);

    /// <summary>To the server: runs a command.</summary>
    public static readonly RpcRequest<ExecuteCommandParams, JsonElement?> ExecuteCommand =
        new("workspace/executeCommand", Default.ExecuteCommandParams, Default.NullableJsonElement);

    /// <summary>To the client: apply an edit.</summary>
    public static readonly RpcRequest<ApplyWorkspaceEditParams, ApplyWorkspaceEditResult> ApplyEdit =
        new("workspace/applyEdit", Default.ApplyWorkspaceEditParams, Default.ApplyWorkspaceEditResult);

    /// <summary>To the client: a progress is about to begin.</summary>
    public static readonly RpcRequest<WorkDoneProgressTokenParams, RpcNothing> WorkDoneProgressCreate =
        new("window/workDoneProgress/create", Default.WorkDoneProgressTokenParams, RpcNothing.Json);

    /// <summary>To the server: a person cancelled a progress.</summary>
    public static readonly RpcNotification<WorkDoneProgressTokenParams> WorkDoneProgressCancel =
        new("window/workDoneProgress/cancel", Default.WorkDoneProgressTokenParams);

    /// <summary>To the client: a step of a progress.</summary>
    public static readonly RpcNotification<ProgressParams> Progress = new("$/progress", Default.ProgressParams);

    /// <summary>To the client: a line for the log.</summary>
    public static readonly RpcNotification<MessageParams> LogMessage = new("window/logMessage", Default.MessageParams);

    /// <summary>To the client: a message for a person.</summary>
    public static readonly RpcNotification<MessageParams> ShowMessage = new("window/showMessage", Default.MessageParams);
}
