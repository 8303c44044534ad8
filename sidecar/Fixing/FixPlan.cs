using System.Collections.Immutable;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>What became of a problem.</summary>
internal enum FixOutcome
{
    /// <summary>A repair that is known to compile removes it.</summary>
    Repaired,
    /// <summary>It went with the repair of another problem.</summary>
    GoneWithAnother,
    /// <summary>Several repairs are equally good; the choice is the user's.</summary>
    Choice,
    /// <summary>No repair was found that compiles.</summary>
    NotRepairable,
}

/// <summary>A repair as it was made: its title, who found it, and the files before and after.</summary>
internal sealed record PlannedRepair(string Title, string Source, ImmutableArray<FileChange> Files);

/// <summary>A problem and what became of it.</summary>
/// <param name="Problem">As it stood at the start.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Repairs">The one repair made, or the choices.</param>
internal sealed record FixItem(Problem Problem, FixOutcome Outcome, ImmutableArray<PlannedRepair> Repairs);

/// <summary>Repairs that were made one upon the other in memory, ready to be written together.</summary>
/// <param name="Start">The snapshot that the files on disk correspond to.</param>
/// <param name="Changes">All repairs as one change set of <paramref name="Start"/>.</param>
/// <param name="Items">Every selected problem of <paramref name="Start"/>.</param>
/// <param name="Remaining">The selected problems with all repairs made.</param>
internal sealed record FixPlan(
    SolutionSnapshot Start, ChangeSet Changes, ImmutableArray<FixItem> Items, ImmutableArray<Problem> Remaining);
