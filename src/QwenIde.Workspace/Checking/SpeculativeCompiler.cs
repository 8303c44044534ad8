using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Checking;

/// <summary>Compares the diagnostics of two solutions of which the second was forked from the first.</summary>
/// <remarks>
/// The ladder is file → project → dependents, and a step is climbed only if it can show something: other files only when
/// the outline of a changed file moved, other projects only when the part of it that they see did. What is skipped is
/// skipped because its answer is known, so the difference stays exact.
/// </remarks>
internal sealed class SpeculativeCompiler(CompilerDiagnostics diagnostics)
{
    /// <summary>Applies a change set to a fork of <paramref name="solution"/>.</summary>
    /// <exception cref="ArgumentException">A file is not part of the solution, or an edit leaves its text.</exception>
    public static async Task<Solution> ForkAsync(Solution solution, ChangeSet changes, CancellationToken cancellationToken)
    {
        foreach (var file in changes.Files)
        {
            var ids = solution.GetDocumentIdsWithFilePath(file.Path);
            if (ids.IsEmpty)
                throw new ArgumentException($"{file.Path} is not a source file of the open solution.", nameof(changes));
            var text = await solution.GetDocument(ids[0])!.GetTextAsync(cancellationToken);
            solution = solution.WithDocumentText(ids, text.WithEdits(file.Edits));
        }

        return solution;
    }

    /// <summary>Compares <paramref name="after"/> with <paramref name="before"/>.</summary>
    /// <param name="before">The solution as it is.</param>
    /// <param name="after">The same solution after a change of source texts.</param>
    /// <param name="furthest">The last step of the ladder to climb.</param>
    /// <param name="cancellationToken">Stops the compile.</param>
    public async Task<DiagnosticDelta> CompareAsync(
        Solution before, Solution after, CheckScope furthest, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<string, ImmutableArray<TextChange>>();
        var reaches = new Dictionary<ProjectId, Reach>();
        foreach (var projectChanges in after.GetChanges(before).GetProjectChanges())
        {
            var reach = new Reach([.. projectChanges.GetChangedDocuments()], SeenInside: false, SeenOutside: false);
            foreach (var id in reach.Files)
            {
                var (old, fresh) = (before.GetDocument(id)!, after.GetDocument(id)!);
                changes[fresh.FilePath ?? fresh.Name] =
                    [.. (await fresh.GetTextChangesAsync(old, cancellationToken)).OrderBy(change => change.Span)];
                if (furthest > CheckScope.File)
                    reach = await WidenAsync(reach, old, fresh, cancellationToken);
            }

            if (furthest > CheckScope.File && !await SameGeneratedCodeAsync(
                before.GetProject(projectChanges.ProjectId)!, after.GetProject(projectChanges.ProjectId)!, cancellationToken))
                reach = reach with { SeenInside = true, SeenOutside = true };
            var otherDocuments = projectChanges.GetAddedDocuments().Any() || projectChanges.GetRemovedDocuments().Any();
            reaches[projectChanges.ProjectId] = otherDocuments ? reach with { SeenInside = true, SeenOutside = true } : reach;
        }

        var matching = new DiagnosticMatching(changes);
        var delta = new DiagnosticDelta(furthest == CheckScope.Project && !reaches.Values.Any(reach => reach.SeenOutside)
            ? CheckScope.Dependents : furthest, [], []);
        foreach (var (projectId, reach) in reaches)
            delta = await (reach.SeenInside
                ? AddProjectAsync(delta, projectId)
                : AddFilesAsync(delta, reach.Files));

        if (furthest == CheckScope.Dependents)
        {
            var graph = after.GetProjectDependencyGraph();
            var dependents = reaches.Where(entry => entry.Value.SeenOutside)
                .SelectMany(entry => graph.GetProjectsThatTransitivelyDependOnThisProject(entry.Key))
                .Distinct()
                .Except(reaches.Where(entry => entry.Value.SeenInside).Select(entry => entry.Key));
            foreach (var projectId in dependents)
                delta = await AddProjectAsync(delta, projectId);
        }

        return delta with { New = Ordered(delta.New), Gone = Ordered(delta.Gone) };

        static ImmutableArray<Problem> Ordered(ImmutableArray<Problem> problems) =>
            // A file that two projects share complains once.
            [.. problems.DistinctBy(problem => (problem.Id, problem.Path, problem.Range, problem.Message)).InOrder()];

        async Task<DiagnosticDelta> AddProjectAsync(DiagnosticDelta delta, ProjectId projectId)
        {
            var (old, fresh) = (before.GetProject(projectId)!, after.GetProject(projectId)!);
            return Add(delta, fresh,
                await diagnostics.OfProjectAsync(old, cancellationToken),
                await diagnostics.OfProjectAsync(fresh, cancellationToken));
        }

        async Task<DiagnosticDelta> AddFilesAsync(DiagnosticDelta delta, IEnumerable<DocumentId> files)
        {
            foreach (var id in files)
            {
                var (old, fresh) = (before.GetDocument(id)!, after.GetDocument(id)!);
                delta = Add(delta, fresh.Project,
                    await diagnostics.OfFileAsync(old, cancellationToken),
                    await diagnostics.OfFileAsync(fresh, cancellationToken));
            }

            return delta;
        }

        DiagnosticDelta Add(DiagnosticDelta delta, Project project, ImmutableArray<Diagnostic> old, ImmutableArray<Diagnostic> fresh)
        {
            var (came, went) = matching.Compare(old.Where(Problems.IsShown), fresh.Where(Problems.IsShown));
            return delta with
            {
                New = delta.New.AddRange(came.Select(diagnostic => diagnostic.ToProblem(project))),
                Gone = delta.Gone.AddRange(went.Select(diagnostic => diagnostic.ToProblem(project))),
            };
        }
    }

    private static async Task<Reach> WidenAsync(
        Reach reach, Document before, Document after, CancellationToken cancellationToken)
    {
        if (reach is { SeenInside: true, SeenOutside: true })
            return reach;
        var oldTree = (await before.GetSyntaxTreeAsync(cancellationToken))!;
        var newTree = (await after.GetSyntaxTreeAsync(cancellationToken))!;
        var oldCompilation = (await before.Project.GetCompilationAsync(cancellationToken))!;
        var newCompilation = (await after.Project.GetCompilationAsync(cancellationToken))!;
        var oldOutline = DeclarationOutline.Of(oldCompilation, oldTree, cancellationToken);
        var newOutline = DeclarationOutline.Of(newCompilation, newTree, cancellationToken);
        var inside = oldOutline.Inside != newOutline.Inside
            || FieldUsage.MayDiffer(
                newCompilation,
                await oldTree.GetRootAsync(cancellationToken),
                await newTree.GetRootAsync(cancellationToken),
                cancellationToken);
        return reach with
        {
            SeenInside = reach.SeenInside || inside,
            SeenOutside = reach.SeenOutside || oldOutline.Outside != newOutline.Outside,
        };
    }

    private static async Task<bool> SameGeneratedCodeAsync(Project before, Project after, CancellationToken cancellationToken)
    {
        if (before.AnalyzerReferences.Count == 0)
            return true;
        var old = (await before.GetSourceGeneratedDocumentsAsync(cancellationToken)).ToDictionary(document => document.HintName);
        var fresh = await after.GetSourceGeneratedDocumentsAsync(cancellationToken);
        var count = 0;
        foreach (var document in fresh)
        {
            count++;
            if (!old.TryGetValue(document.HintName, out var twin)
                || !(await document.GetTextAsync(cancellationToken)).ContentEquals(await twin.GetTextAsync(cancellationToken)))
                return false;
        }

        return count == old.Count;
    }

    /// <summary>How far a project's changed files can be felt.</summary>
    private sealed record Reach(ImmutableArray<DocumentId> Files, bool SeenInside, bool SeenOutside);
}
