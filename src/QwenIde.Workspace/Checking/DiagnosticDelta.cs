using System.Collections.Immutable;

namespace QwenIde.Workspace;

/// <summary>How far a check went; each step includes those before it.</summary>
public enum CheckScope
{
    /// <summary>The changed files alone.</summary>
    File,
    /// <summary>All of the projects that hold the changed files.</summary>
    Project,
    /// <summary>Those, and every project that depends on them.</summary>
    Dependents,
}

/// <summary>
/// What a change does to the compiler's diagnostics: the exact difference between two snapshots, where a diagnostic that
/// merely moved with its line counts as the same.
/// </summary>
/// <param name="Scope">How far was compared. <see cref="CheckScope.Project"/> is as good as
/// <see cref="CheckScope.Dependents"/> when no declaration that others can see changed, and then says the latter.</param>
/// <param name="New">Diagnostics that the change brings, worst first.</param>
/// <param name="Gone">Diagnostics that the change removes, worst first; ranges are those of the text before.</param>
public sealed record DiagnosticDelta(CheckScope Scope, ImmutableArray<Problem> New, ImmutableArray<Problem> Gone)
{
    /// <summary>The number of errors that the change brings.</summary>
    public int NewErrors => New.Count(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>Whether the change brings neither an error nor a warning.</summary>
    public bool IsClean => New.All(problem => problem.Severity < ProblemSeverity.Warning);
}
