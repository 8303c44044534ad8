using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Tells the editor how the workspace is, and takes the user's trust.</summary>
internal sealed class StatusFeature(WorkspaceSession session, Editor editor, LoadProgressDisplay display)
{
    /// <summary>Serves <c>_qwenide/workspace/*</c>, and begins to tell.</summary>
    public void Register(ServerHandlers handlers)
    {
        handlers.Change(QwenIdeMethods.DescribeWorkspace, _ => Describe(session.State));
        handlers.Change(QwenIdeMethods.TrustWorkspace, parameters =>
        {
            if (parameters.Trusted)
            {
                session.Trust();
                _ = display.ShowAsync("Loading with MSBuild", session.FullModel, cancellation: null);
            }
        });
        session.StateChanged += state =>
        {
            editor.ShowStatus(Describe(state));
            editor.Log(state.Phase == SessionPhase.Failed ? MessageType.Error : MessageType.Info, state.Message);
        };
        session.ModelChanged += editor.RefreshDiagnostics;
    }

    private static WorkspaceStatus Describe(SessionState state)
    {
        LoadReport? report = state.Snapshot?.Report;
        return new WorkspaceStatus
        {
            State = state.Phase switch
            {
                SessionPhase.Loading => WorkspaceState.Loading,
                SessionPhase.Ready => WorkspaceState.Ready,
                SessionPhase.Failed => WorkspaceState.Failed,
                _ => WorkspaceState.Empty,
            },
            Message = state.Message,
            Version = state.Snapshot?.Version ?? 0,
            Target = report?.Target,
            Stage = report is null ? null
                : report.Stage == ModelStage.MSBuild ? WorkspaceStage.Msbuild : WorkspaceStage.ProjectFiles,
            Roslyn = report?.Roslyn,
            Trusted = state.IsTrusted,
            Projects = report is null ? [] : [.. report.Projects.Select(Describe)],
            Issues = report is null ? [] : [.. report.Issues.Select(Describe)],
        };
    }

    private static ProjectStatus Describe(ProjectReport project) => new()
    {
        Name = project.Name,
        Path = project.Path,
        TargetFramework = project.TargetFramework,
        Documents = project.Documents,
        MissingPackages = project.MissingPackages,
    };

    private static WorkspaceIssue Describe(LoadIssue issue) => new()
    {
        Severity = issue.Severity switch
        {
            ProblemSeverity.Error => IssueSeverity.Error,
            ProblemSeverity.Warning => IssueSeverity.Warning,
            ProblemSeverity.Information => IssueSeverity.Information,
            _ => IssueSeverity.Hint,
        },
        Message = issue.Message,
        Path = issue.Path,
    };
}
