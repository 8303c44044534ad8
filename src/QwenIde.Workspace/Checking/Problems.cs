using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Checking;

/// <summary>From Roslyn's diagnostics to our records.</summary>
internal static class Problems
{
    /// <summary>Whether a diagnostic is for people: shown as text, or as code that could go.</summary>
    public static bool IsShown(Diagnostic diagnostic) =>
        !diagnostic.IsSuppressed && (diagnostic.Severity != DiagnosticSeverity.Hidden || IsUnnecessary(diagnostic));

    /// <summary>The record of a diagnostic; one without a place in source stands at the top of its project file.</summary>
    public static Problem ToProblem(this Diagnostic diagnostic, Project project)
    {
        var tree = diagnostic.Location.SourceTree;
        return new Problem(
            diagnostic.Id,
            diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => ProblemSeverity.Error,
                DiagnosticSeverity.Warning => ProblemSeverity.Warning,
                DiagnosticSeverity.Info => ProblemSeverity.Information,
                _ => ProblemSeverity.Hint,
            },
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            tree?.FilePath ?? project.FilePath ?? project.Name,
            tree?.GetText().ToRange(diagnostic.Location.SourceSpan) ?? default,
            project.Name,
            IsUnnecessary(diagnostic));
    }

    /// <summary>Worst first, then by place.</summary>
    public static IOrderedEnumerable<Problem> InOrder(this IEnumerable<Problem> problems) => problems
        .OrderByDescending(problem => problem.Severity)
        .ThenBy(problem => problem.Path, StringComparer.Ordinal)
        .ThenBy(problem => problem.Range.Start)
        .ThenBy(problem => problem.Id, StringComparer.Ordinal);

    /// <remarks>The compiler reports unused directives (CS8019, CS8020) without the tag that says so.</remarks>
    private static bool IsUnnecessary(Diagnostic diagnostic) =>
        diagnostic.Id is "CS8019" or "CS8020" || diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Unnecessary);
}
