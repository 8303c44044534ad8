using System.Collections.Immutable;
using System.Text.Json;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>The light bulb: verified repairs, whose edits come when one is chosen.</summary>
internal sealed class CodeActionsFeature(WorkspaceSession session, Editor editor)
{
    /// <summary>The command that applies a repair; its argument is a code action's <c>data</c>.</summary>
    public const string ApplyRepair = "qwenide.applyRepair";

    private readonly OfferedRepairs _offered = new();

    /// <summary>Serves <c>textDocument/codeAction</c>, <c>codeAction/resolve</c> and <c>workspace/executeCommand</c>.</summary>
    public void Register(ServerHandlers handlers)
    {
        handlers.Query(LspMethods.CodeAction, parameters =>
        {
            Task<SolutionSnapshot?> captured = session.CaptureAsync();
            return cancellationToken => ListAsync(parameters, captured, cancellationToken);
        });
        handlers.Query(LspMethods.CodeActionResolve, action =>
        {
            Task<SolutionSnapshot?> captured = session.CaptureAsync();
            OpenDocuments documents = session.Documents;
            return async cancellationToken =>
            {
                Repair repair = await FindAsync(action.Data, captured, cancellationToken);
                return action with { Edit = repair.Changes.ToLsp(documents) };
            };
        });
        handlers.Query(LspMethods.ExecuteCommand, parameters =>
        {
            Task<SolutionSnapshot?> captured = session.CaptureAsync();
            OpenDocuments documents = session.Documents;
            return async cancellationToken =>
            {
                await ExecuteAsync(parameters, captured, documents, cancellationToken);
                return (JsonElement?)null;
            };
        });
    }

    private async Task<IReadOnlyList<CodeAction>?> ListAsync(
        CodeActionParams parameters, Task<SolutionSnapshot?> captured, CancellationToken cancellationToken)
    {
        if (parameters.Context.Only is { } only && !only.Any(CoversQuickFixes)
            || await captured.WaitAsync(cancellationToken) is not { } snapshot
            || DocumentSyncFeature.PathOf(parameters.TextDocument.Uri) is not { } path)
            return [];
        ImmutableArray<Repair> repairs =
            await snapshot.GetRepairsAsync(path, parameters.Range.ToTextRange(), cancellationToken);
        return
        [
            .. repairs.Select(repair => new CodeAction
            {
                Title = repair.Title,
                Kind = CodeActionKind.QuickFix,
                Diagnostics = [AsTheEditorKnowsIt(repair.Problem, parameters.Context.Diagnostics)],
                IsPreferred = repair.IsBest ? true : null,
                Data = new RepairReference(repair.Changes.SnapshotVersion, _offered.Add(repair)).ToJson(),
            }),
        ];
    }

    private async Task ExecuteAsync(
        ExecuteCommandParams parameters,
        Task<SolutionSnapshot?> captured,
        OpenDocuments documents,
        CancellationToken cancellationToken)
    {
        if (parameters.Command != ApplyRepair)
            throw new RpcException(RpcErrorCodes.InvalidParams, $"There is no command '{parameters.Command}'; '{ApplyRepair}' is the only one.");
        if (editor.Capabilities.Workspace?.ApplyEdit != true)
            throw new RpcException(LspErrorCodes.RequestFailed, "This editor does not let the server make edits.");
        Repair repair = await FindAsync(
            parameters.Arguments is [var data, ..] ? data : null, captured, cancellationToken);
        ApplyWorkspaceEditResult result = await AskToApplyAsync(repair, documents, cancellationToken);
        if (!result.Applied)
            throw new RpcException(
                LspErrorCodes.RequestFailed, $"The editor did not apply '{repair.Title}': {result.FailureReason ?? "it gave no reason"}.");
    }

    private async Task<ApplyWorkspaceEditResult> AskToApplyAsync(
        Repair repair, OpenDocuments documents, CancellationToken cancellationToken)
    {
        try
        {
            return await editor.ApplyAsync(repair.Title, repair.Changes.ToLsp(documents), cancellationToken);
        }
        catch (RpcRemoteException exception)
        {
            return new ApplyWorkspaceEditResult { Applied = false, FailureReason = exception.Message };
        }
    }

    private async Task<Repair> FindAsync(
        JsonElement? data, Task<SolutionSnapshot?> captured, CancellationToken cancellationToken)
    {
        RepairReference reference = RepairReference.Read(data)
            ?? throw new RpcException(RpcErrorCodes.InvalidParams, "This names no repair; send the code action's data as it came.");
        return await captured.WaitAsync(cancellationToken) is { } snapshot
            && await _offered.FindAsync(reference.Id, snapshot, cancellationToken) is { } repair
            ? repair
            : throw new RpcException(
                LspErrorCodes.ContentModified, "The code has changed since this repair was offered, and it no longer applies; ask again.");
    }

    // With its own diagnostic attached, whoever found it, the editor shows the repair where the person reads the problem.
    private static Diagnostic AsTheEditorKnowsIt(Problem problem, IReadOnlyList<Diagnostic> known)
    {
        Diagnostic[] same = [.. known.Where(diagnostic => diagnostic.Code?.ToString() == problem.Id)];
        return same.FirstOrDefault(diagnostic => diagnostic.Range == problem.Range.ToLsp())
            ?? same.FirstOrDefault(diagnostic => diagnostic.Range.ToTextRange().Touches(problem.Range))
            ?? problem.ToLsp();
    }

    // Kinds are a hierarchy: "" and "quickfix" ask for ours, "quickfix.other" does not.
    private static bool CoversQuickFixes(string kind) => kind is "" or CodeActionKind.QuickFix;
}
