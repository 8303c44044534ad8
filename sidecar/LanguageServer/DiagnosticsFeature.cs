using System.Globalization;
using System.Text.Json;
using QwenIde.Protocol.Lsp;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>The compiler's diagnostics, pulled file by file.</summary>
internal sealed class DiagnosticsFeature(WorkspaceSession session)
{
    /// <summary>What is announced where the editor cannot be asked to register it later.</summary>
    public static DiagnosticOptions Options { get; } = new() { Identifier = "qwenide", InterFileDependencies = true };

    /// <summary>What is registered later.</summary>
    public static JsonElement RegistrationOptions { get; } = JsonSerializer.SerializeToElement(
        new DiagnosticRegistrationOptions
        {
            DocumentSelector = [new DocumentFilter { Language = "csharp", Scheme = "file" }],
            Identifier = Options.Identifier,
            InterFileDependencies = Options.InterFileDependencies,
        },
        LspJson.Default.DiagnosticRegistrationOptions);

    /// <summary>Serves <c>textDocument/diagnostic</c>.</summary>
    public void Register(ServerHandlers handlers) => handlers.Query(LspMethods.Diagnostic, parameters =>
    {
        Task<SolutionSnapshot?> captured = session.CaptureAsync();
        return cancellationToken => ReportAsync(parameters, captured, cancellationToken);
    });

    private static async Task<DocumentDiagnosticReport> ReportAsync(
        DocumentDiagnosticParams parameters, Task<SolutionSnapshot?> captured, CancellationToken cancellationToken)
    {
        if (await captured.WaitAsync(cancellationToken) is not { } snapshot
            || DocumentSyncFeature.PathOf(parameters.TextDocument.Uri) is not { } path)
            return new FullDocumentDiagnosticReport { Items = [] };
        var result = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        if (parameters.PreviousResultId == result)
            return new UnchangedDocumentDiagnosticReport { ResultId = result };
        return new FullDocumentDiagnosticReport
        {
            ResultId = result,
            Items =
            [
                .. (await snapshot.GetProblemsAsync(path, cancellationToken))
                    // A file that several projects hold has its problems in each.
                    .DistinctBy(problem => (problem.Id, problem.Range, problem.Message))
                    .Select(problem => problem.ToLsp()),
            ],
        };
    }
}
