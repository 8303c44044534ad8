using QwenIde.Protocol;
using QwenIde.Protocol.Lsp;
using QwenIde.Workspace;
using LspTextEdit = QwenIde.Protocol.Lsp.TextEdit;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Between the workspace's records and the protocol's.</summary>
internal static class LspMapping
{
    /// <summary>A range as the protocol has it.</summary>
    public static LspRange ToLsp(this TextRange range) => new(
        new LspPosition(range.Start.Line, range.Start.Character), new LspPosition(range.End.Line, range.End.Character));

    /// <summary>A range as the workspace has it.</summary>
    public static TextRange ToTextRange(this LspRange range) => new(
        new TextPosition(range.Start.Line, range.Start.Character), new TextPosition(range.End.Line, range.End.Character));

    /// <summary>A problem as the editor shows it.</summary>
    public static Diagnostic ToLsp(this Problem problem) => new()
    {
        Range = problem.Range.ToLsp(),
        Severity = problem.Severity switch
        {
            ProblemSeverity.Error => DiagnosticSeverity.Error,
            ProblemSeverity.Warning => DiagnosticSeverity.Warning,
            ProblemSeverity.Information => DiagnosticSeverity.Information,
            _ => DiagnosticSeverity.Hint,
        },
        Code = new NumberOrText(problem.Id),
        Source = "qwenide",
        Message = problem.Message,
        Tags = problem.IsUnnecessary ? [DiagnosticTag.Unnecessary] : null,
    };

    /// <summary>A change set as the editor applies it: to the buffers it named where files are open, else to the files.</summary>
    public static WorkspaceEdit ToLsp(this ChangeSet changes, OpenDocuments documents) => new()
    {
        DocumentChanges =
        [
            .. changes.Files.Select(file => new TextDocumentEdit
            {
                TextDocument = new OptionalVersionedTextDocumentIdentifier
                {
                    Uri = documents.Find(file.Path)?.Uri ?? DocumentUri.FromFilePath(file.Path),
                    Version = documents.Find(file.Path)?.Version,
                },
                Edits =
                [
                    .. file.Edits.Select(edit => new LspTextEdit { Range = edit.Range.ToLsp(), NewText = edit.NewText }),
                ],
            }),
        ],
    };
}
