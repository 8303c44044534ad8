using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;
using QwenIde.Workspace;

namespace QwenIde.Bench.Measuring;

/// <summary>Measures how a model arrives, ours or the peer's, and what its first diagnostics cost.</summary>
internal static class ModelBench
{
    /// <summary>Counts what a snapshot holds and asks it for all diagnostics, for the first time.</summary>
    public static async Task<ModelResult> DescribeAsync(SolutionSnapshot snapshot, Cost load, CancellationToken cancellationToken)
    {
        var (problems, cost) = await Meter.MeasureAsync(async () =>
        {
            List<Problem> all = [];
            await foreach (ProjectProblems project in snapshot.GetAllProblemsAsync(cancellationToken))
                all.AddRange(project.Problems);
            return all;
        });
        return new ModelResult(
            load,
            snapshot.Solution.ProjectIds.Count,
            Sources(snapshot.Solution).Length,
            await LinesAsync(snapshot.Solution, cancellationToken),
            cost,
            Counted(problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Id)),
            problems.Count(problem => problem.Severity == ProblemSeverity.Warning),
            [.. snapshot.Report.Issues.Select(issue => issue.Message)]);
    }

    /// <summary>The peer: <c>MSBuildWorkspace</c> as a tool would use it that has no loader of its own.</summary>
    public static async Task<ModelResult> MeasurePeerAsync(string target, CancellationToken cancellationToken)
    {
        using var workspace = MSBuildWorkspace.Create();
        var (solution, load) = await Meter.MeasureAsync(async () => target.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
            ? (await workspace.OpenProjectAsync(target, cancellationToken: cancellationToken)).Solution
            : await workspace.OpenSolutionAsync(target, cancellationToken: cancellationToken));

        // One framework a project, as we do, so that the diagnostics are those of the same work.
        ImmutableArray<Project> projects =
            [.. solution.Projects.GroupBy(project => project.FilePath).Select(group => group.MaxBy(project => project.Name, StringComparer.Ordinal)!)];
        var (diagnostics, cost) = await Meter.MeasureAsync(async () =>
        {
            List<Diagnostic> all = [];
            foreach (Project project in projects)
            {
                if (await project.GetCompilationAsync(cancellationToken) is { } compilation)
                    all.AddRange(compilation.GetDiagnostics(cancellationToken));
            }
            return all;
        });
        return new ModelResult(
            load,
            projects.Length,
            Sources(solution).Length,
            await LinesAsync(solution, cancellationToken),
            cost,
            Counted(diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id)),
            diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning),
            [.. workspace.Diagnostics.Select(diagnostic => diagnostic.Message)]);
    }

    /// <summary>The C# files that people wrote, each once.</summary>
    public static ImmutableArray<Document> Sources(Solution solution) =>
        [.. from project in solution.Projects
            from document in project.Documents
            where document.FilePath is { } path && path.EndsWith(".cs", StringComparison.Ordinal) && !IsGenerated(path)
            orderby document.FilePath
            group document by document.FilePath into versions
            select versions.First()];

    private static ImmutableSortedDictionary<string, int> Counted(IEnumerable<string> ids) =>
        ids.GroupBy(id => id).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private static bool IsGenerated(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || path.EndsWith(".g.cs", StringComparison.Ordinal)
        || path.EndsWith(".Designer.cs", StringComparison.Ordinal);

    private static async Task<int> LinesAsync(Solution solution, CancellationToken cancellationToken)
    {
        var lines = 0;
        foreach (Document document in Sources(solution))
            lines += (await document.GetTextAsync(cancellationToken)).Lines.Count;
        return lines;
    }
}
