using System.Collections.Immutable;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>Which problems <c>fix</c> is about: all errors, or those of the given identifiers however grave they are.</summary>
internal sealed record FixSelection(ImmutableHashSet<string> OnlyIds)
{
    /// <summary>Whether a problem is to be repaired.</summary>
    public bool Includes(Problem problem) =>
        OnlyIds.IsEmpty ? problem.Severity == ProblemSeverity.Error : OnlyIds.Contains(problem.Id);
}
