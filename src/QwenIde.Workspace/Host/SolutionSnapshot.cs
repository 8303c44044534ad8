using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Checking;
using QwenIde.Workspace.Repairs;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace;

/// <summary>
/// The solution at one moment. Immutable and safe to query from any thread; every answer belongs to <see cref="Version"/>.
/// </summary>
public sealed partial class SolutionSnapshot
{
    private readonly SnapshotServices _services;

    internal SolutionSnapshot(long version, Solution solution, LoadReport report, SnapshotServices services)
    {
        Version = version;
        Solution = solution;
        Report = report;
        _services = services;
    }

    /// <summary>Grows by one with every change of text, file or model.</summary>
    public long Version { get; }

    /// <summary>Roslyn's own model of it.</summary>
    internal Solution Solution { get; }

    /// <summary>What was loaded and what is missing.</summary>
    public LoadReport Report { get; }

    /// <summary>The diagnostics of one file; empty for a file that belongs to no project.</summary>
    public Task<ImmutableArray<Problem>> GetProblemsAsync(string path, CancellationToken cancellationToken) =>
        _services.Checker.CheckFileAsync(Solution, Path.GetFullPath(path), cancellationToken);

    /// <summary>The diagnostics of the whole solution, dependencies before dependents, worst first within each project.</summary>
    public IAsyncEnumerable<ProjectProblems> GetAllProblemsAsync(CancellationToken cancellationToken) =>
        _services.Checker.CheckAllAsync(Solution, cancellationToken);

    /// <summary>Applies a change set to a fork and says what it does to the diagnostics.</summary>
    /// <exception cref="StaleChangeSetException">The set was made for another version.</exception>
    /// <exception cref="ArgumentException">A file is not part of the solution, or an edit leaves its text.</exception>
    public async Task<DiagnosticDelta> SpeculateAsync(ChangeSet changes, CheckScope furthest, CancellationToken cancellationToken)
    {
        if (changes.SnapshotVersion != Version)
            throw new StaleChangeSetException(changes.SnapshotVersion, Version);
        var fork = await SpeculativeCompiler.ForkAsync(Solution, changes, cancellationToken);
        return await _services.Compiler.CompareAsync(Solution, fork, furthest, cancellationToken);
    }

    /// <summary>Verified repairs for the diagnostics in <paramref name="range"/>, the best first; empty for a foreign file.</summary>
    public Task<ImmutableArray<Repair>> GetRepairsAsync(string path, TextRange range, CancellationToken cancellationToken) =>
        FindRepairsAsync(path, range, RepairLimits.Menu, cancellationToken);

    /// <summary>The same, searched for longer and for the best: for a run over a whole solution, where nobody waits at a menu.</summary>
    public Task<ImmutableArray<Repair>> GetBestRepairsAsync(string path, TextRange range, CancellationToken cancellationToken) =>
        FindRepairsAsync(path, range, RepairLimits.Batch, cancellationToken);

    /// <summary>Declarations whose name fits <paramref name="query"/>, the closest first.</summary>
    /// <param name="query">One or more words: a name, its beginning, its capitals, a part of it, or words of a question.</param>
    /// <param name="limit">The most matches wanted.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Task<ImmutableArray<SymbolMatch>> FindSymbolsAsync(string query, int limit, CancellationToken cancellationToken) =>
        _services.Symbols.FindAsync(Solution, query, limit, cancellationToken);

    private async Task<ImmutableArray<Repair>> FindRepairsAsync(
        string path, TextRange range, RepairLimits limits, CancellationToken cancellationToken)
    {
        var id = Solution.GetDocumentIdsWithFilePath(Path.GetFullPath(path)).FirstOrDefault();
        if (id is null || Solution.GetDocument(id) is not { } document)
            return [];
        var text = await document.GetTextAsync(cancellationToken);
        var found = await _services.Repairs.FindAsync(document, text.ToSpan(range), limits, cancellationToken);
        var repairs = ImmutableArray.CreateBuilder<Repair>();
        foreach (var (candidate, problem, delta, isBest) in found)
            repairs.Add(new Repair(candidate.Title, problem, candidate.Source,
                await ChangeSets.BetweenAsync(Solution, candidate.Changed, Version, cancellationToken), delta, isBest));
        return repairs.ToImmutable();
    }
}

/// <summary>The diagnostics of one project.</summary>
public sealed record ProjectProblems(string Project, ImmutableArray<Problem> Problems);

/// <summary>A declaration found by name.</summary>
/// <param name="Name">The full name, as <c>Shop.Orders.OrderService.PlaceAsync(Order)</c>.</param>
/// <param name="Kind">class, method, property…</param>
/// <param name="Path">Where it is declared.</param>
/// <param name="Range">The span of its identifier.</param>
/// <param name="Project">The project's name.</param>
/// <param name="Score">0 to 1.</param>
public sealed record SymbolMatch(string Name, string Kind, string Path, TextRange Range, string Project, double Score);

/// <summary>A change set was made for a snapshot that is no longer the one asked.</summary>
public sealed class StaleChangeSetException(long expected, long actual)
    : InvalidOperationException($"The edit was made for version {expected} of the solution, which is now at version {actual}. Ask again.");
