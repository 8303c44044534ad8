using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.Logging;
using QwenIde.Workspace.Checking;

namespace QwenIde.Workspace.Repairs;

/// <summary>How much a search for repairs may cost.</summary>
/// <param name="Count">The most repairs of one diagnostic.</param>
/// <param name="Time">After which no further candidate is compiled; what is proved by then is the answer.</param>
/// <param name="Scope">How far a candidate must be proved harmless.</param>
internal sealed record RepairLimits(int Count, TimeSpan Time, CheckScope Scope)
{
    /// <summary>For a menu that a person waits for.</summary>
    public static RepairLimits Menu { get; } = new(8, TimeSpan.FromSeconds(10), CheckScope.Dependents);

    /// <summary>For a run over a whole solution, where the best one counts.</summary>
    public static RepairLimits Batch { get; } = new(2, TimeSpan.FromSeconds(30), CheckScope.Dependents);
}

/// <summary>A candidate that the fork compile has proved.</summary>
/// <param name="Candidate">Title, source, score, and the solution after it.</param>
/// <param name="Problem">What it removes.</param>
/// <param name="Delta">The proof.</param>
/// <param name="IsBest">Ahead of the next by <see cref="Rank"/>.</param>
internal sealed record VerifiedRepair(RepairCandidate Candidate, Problem Problem, DiagnosticDelta Delta, bool IsBest)
{
    /// <summary>What the list is ordered by: the score, and more for what takes other problems along, which has more likely
    /// found the cause.</summary>
    public double Rank => Candidate.Score + (Delta.Gone.Count(gone => gone.Severity >= ProblemSeverity.Warning) > 1 ? 0.2 : 0);
}

/// <summary>
/// Finds repairs: asks every source, drops what leads to the same texts, and keeps what the compiler proves: the diagnostic
/// goes, and neither an error nor a warning comes.
/// </summary>
internal sealed class RepairFinder(
    ImmutableArray<IRepairSource> sources, CompilerDiagnostics diagnostics, SpeculativeCompiler compiler, ILogger logger)
{
    /// <summary>Scores nearer than this are a tie.</summary>
    public const double Tie = 0.005;

    /// <summary>Once a repair of this rank is proved, those below <see cref="LastResort"/> are only noise.</summary>
    private const double Sure = 0.75;

    private const double LastResort = 0.4;

    /// <summary>Repairs of every diagnostic that touches <paramref name="span"/>, diagnostic by diagnostic.</summary>
    public async Task<ImmutableArray<VerifiedRepair>> FindAsync(
        Document document, TextSpan span, RepairLimits limits, CancellationToken cancellationToken)
    {
        var repairs = ImmutableArray.CreateBuilder<VerifiedRepair>();
        foreach (var diagnostic in await diagnostics.OfFileAsync(document, cancellationToken).ConfigureAwait(false))
        {
            if (Problems.IsShown(diagnostic) && Touches(diagnostic.Location.SourceSpan, span))
                repairs.AddRange(await FindAsync(document, diagnostic, limits, cancellationToken).ConfigureAwait(false));
        }
        return repairs.ToImmutable();
    }

    /// <summary>Repairs of one diagnostic, the best first.</summary>
    public async Task<ImmutableArray<VerifiedRepair>> FindAsync(
        Document document, Diagnostic diagnostic, RepairLimits limits, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var request = new RepairRequest(document, diagnostic);
        var problem = diagnostic.ToProblem(document.Project);
        var verified = ImmutableArray.CreateBuilder<VerifiedRepair>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // A source is asked when its turn comes, but the order of proof is that of rank.
        var proposals = await Task.WhenAll(sources
            .Where(source => source.DiagnosticIds.Contains(diagnostic.Id))
            .Select(source => ProposeAsync(source, request, cancellationToken))).ConfigureAwait(false);
        var isLate = false;
        foreach (var candidate in proposals.SelectMany(proposal => proposal).OrderByDescending(candidate => candidate.Score))
        {
            // Looked at after each proof: the first candidate is tried however long the proposals took, and so is its equal,
            // without which nobody could say which of them is best.
            if (verified.Count == limits.Count || (isLate && !verified.Any(repair => repair.Candidate.Score - candidate.Score <= Tie)))
                break;
            if (candidate.Score < LastResort && verified.Any(repair => repair.Rank >= Sure))
                break;
            if (await FingerprintAsync(document.Project.Solution, candidate.Changed, cancellationToken).ConfigureAwait(false) is not { } texts
                || !seen.Add(texts))
                continue;
            if (await ProveAsync(document.Project.Solution, candidate, problem, limits.Scope, cancellationToken).ConfigureAwait(false) is { } delta)
                verified.Add(new VerifiedRepair(candidate, problem, delta, IsBest: false));
            isLate = watch.Elapsed > limits.Time;
        }
        verified.Sort((left, right) => right.Rank.CompareTo(left.Rank));
        if (verified.Count > 0 && (verified.Count == 1 || verified[0].Rank - verified[1].Rank > Tie))
            verified[0] = verified[0] with { IsBest = true };
        return verified.ToImmutable();
    }

    private async Task<ImmutableArray<RepairCandidate>> ProposeAsync(
        IRepairSource source, RepairRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => source.ProposeAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One source at a loss must not take the others' repairs away.
            logger.LogWarning(error, "{Source} failed on {Id}.", source.GetType().Name, request.Diagnostic.Id);
            return [];
        }
    }

    /// <summary>The proof, or null. The file alone refutes most bad candidates, and cheaply.</summary>
    private async Task<DiagnosticDelta?> ProveAsync(
        Solution before, RepairCandidate candidate, Problem problem, CheckScope scope, CancellationToken cancellationToken)
    {
        var file = await compiler.CompareAsync(before, candidate.Changed, CheckScope.File, cancellationToken).ConfigureAwait(false);
        if (!file.IsClean)
            return null;
        var delta = await compiler.CompareAsync(before, candidate.Changed, scope, cancellationToken).ConfigureAwait(false);
        return delta.IsClean && delta.Gone.Any(gone => gone.Id == problem.Id && gone.Path == problem.Path && gone.Range == problem.Range)
            ? delta : null;
    }

    /// <summary>All changed texts in one string; null if nothing changed.</summary>
    private static async Task<string?> FingerprintAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments(onlyGetDocumentsWithTextChanges: true)))
        {
            var text = await after.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var old = await before.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            if (!text.ContentEquals(old))
                parts.Add($"{id.Id}\n{text}");
        }
        parts.Sort(StringComparer.Ordinal);
        return parts.Count == 0 ? null : string.Join('\0', parts);
    }

    private static bool Touches(TextSpan left, TextSpan right) => left.Start <= right.End && right.Start <= left.End;
}
