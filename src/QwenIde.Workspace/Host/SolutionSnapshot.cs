using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace;

/// <summary>
/// The solution at one moment. Immutable and safe to query from any thread; every answer belongs to <see cref="Version"/>.
/// </summary>
public sealed partial class SolutionSnapshot
{
    /// <summary>Grows by one with every change of text, file or model.</summary>
    public long Version => throw new NotImplementedException();

    /// <summary>Roslyn's own model of it.</summary>
    internal Solution Solution => throw new NotImplementedException();

    /// <summary>What was loaded and what is missing.</summary>
    public LoadReport Report => throw new NotImplementedException();

    /// <summary>The diagnostics of one file; empty for a file that belongs to no project.</summary>
    public Task<ImmutableArray<Problem>> GetProblemsAsync(string path, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The diagnostics of the whole solution, project after project, worst first within each.</summary>
    public IAsyncEnumerable<ProjectProblems> GetAllProblemsAsync(CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Applies a change set to a fork and says what it does to the diagnostics.</summary>
    /// <exception cref="StaleChangeSetException">The set was made for another version.</exception>
    public Task<DiagnosticDelta> SpeculateAsync(ChangeSet changes, CheckScope furthest, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Verified repairs for the diagnostics in <paramref name="range"/>, the best first.</summary>
    public Task<ImmutableArray<Repair>> GetRepairsAsync(string path, TextRange range, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Declarations whose name fits <paramref name="query"/>, the closest first.</summary>
    public Task<ImmutableArray<SymbolMatch>> FindSymbolsAsync(string query, int limit, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
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
