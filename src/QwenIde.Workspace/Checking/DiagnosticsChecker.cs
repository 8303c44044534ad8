using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Checking;

/// <summary>Answers for the diagnostics of a file or of a whole solution.</summary>
internal sealed class DiagnosticsChecker(CompilerDiagnostics diagnostics)
{
    /// <summary>The problems of one file in every project that holds it, each once; empty for a foreign file.</summary>
    public async Task<ImmutableArray<Problem>> CheckFileAsync(
        Solution solution, string path, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        foreach (var id in solution.GetDocumentIdsWithFilePath(path))
            if (solution.GetDocument(id) is { } document)
                problems.AddRange((await diagnostics.OfFileAsync(document, cancellationToken))
                    .Where(Problems.IsShown)
                    .Select(diagnostic => diagnostic.ToProblem(document.Project)));
        return [.. problems.DistinctBy(problem => (problem.Id, problem.Range, problem.Message)).InOrder()];
    }

    /// <summary>The problems of every project, dependencies before dependents.</summary>
    public async IAsyncEnumerable<ProjectProblems> CheckAllAsync(
        Solution solution, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects(cancellationToken))
        {
            var project = solution.GetProject(id)!;
            var found = await diagnostics.OfProjectAsync(project, cancellationToken);
            yield return new ProjectProblems(
                project.Name,
                [.. found.Where(Problems.IsShown).Select(diagnostic => diagnostic.ToProblem(project)).InOrder()]);
        }
    }
}
