namespace QwenIde.Workspace;

/// <summary>A deterministic fix of one diagnostic, proved by a speculative compile: the diagnostic goes, and none comes.</summary>
/// <param name="Title">What it does, in a few words fit for a menu: <c>using System.Text;</c>.</param>
/// <param name="Problem">The diagnostic that it removes.</param>
/// <param name="Source">Who found it: <c>QwenIde</c>, or the name of the SDK's code fixer.</param>
/// <param name="Changes">The edits.</param>
/// <param name="Delta">The proof.</param>
/// <param name="IsBest">First of its list and ahead of the next by rank; at a tie no repair is best, and the user chooses.</param>
public sealed record Repair(
    string Title,
    Problem Problem,
    string Source,
    ChangeSet Changes,
    DiagnosticDelta Delta,
    bool IsBest);
