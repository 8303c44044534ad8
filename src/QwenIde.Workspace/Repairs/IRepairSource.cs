using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Repairs;

/// <summary>A diagnostic with the document it stands in, as a source of repairs sees it.</summary>
/// <param name="Document">The document; its project's solution is the base that repairs start from.</param>
/// <param name="Diagnostic">A diagnostic whose location lies in that document.</param>
internal sealed record RepairRequest(Document Document, Diagnostic Diagnostic);

/// <summary>A proposal, not yet compiled.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Source">Who proposes it.</param>
/// <param name="Changed">The solution after the change.</param>
/// <param name="Score">Comparable across sources: 0 a last resort, 1 certain.</param>
internal sealed record RepairCandidate(string Title, string Source, Solution Changed, double Score);

/// <summary>Where repairs come from: the SDK's code fixers, or ours.</summary>
internal interface IRepairSource
{
    /// <summary>The diagnostic identifiers it can do something about.</summary>
    ImmutableHashSet<string> DiagnosticIds { get; }

    /// <summary>Proposes repairs, the likeliest first. None is an ordinary answer.</summary>
    Task<ImmutableArray<RepairCandidate>> ProposeAsync(RepairRequest request, CancellationToken cancellationToken);
}
