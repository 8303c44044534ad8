using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Bench.Measuring;
using QwenIde.Workspace;

namespace QwenIde.Bench.Editing;

/// <summary>Compiles one-line changes on forks, and beside each the limit: what Roslyn alone takes for the same answer.</summary>
internal sealed class EditBench(SolutionSnapshot snapshot, string folder, int seed, Action<string> say)
{
    // Dependents cost up to a minute a change, and their spread is not what is asked.
    private const int WithDependents = 10;

    // Each change inserts another number, so that no cache knows the text.
    private int _number;

    /// <summary>Compiles changes, in bodies and in signatures by turns.</summary>
    public async Task<ImmutableArray<EditResult>> RunAsync(int count, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        ImmutableArray<Document> documents = ModelBench.Sources(snapshot.Solution);
        var results = ImmutableArray.CreateBuilder<EditResult>();
        for (var turn = 0; results.Count < count && turn < count * 20; turn++)
        {
            var isBody = results.Count % 2 == 0;
            Document document = documents[random.Next(documents.Length)];
            SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken))!;
            EditSite[] sites = [.. isBody ? OneLineEdits.Bodies(root) : OneLineEdits.Signatures(root)];
            if (sites.Length == 0)
                continue;
            EditResult result = await MeasureAsync(
                isBody ? "body" : "signature", document, sites[random.Next(sites.Length)],
                withDependents: results.Count < WithDependents, cancellationToken);
            results.Add(result);
            if (results.Count % 10 == 0)
                say($"compiled {results.Count} of {count} changes");
        }
        return results.ToImmutable();
    }

    private async Task<EditResult> MeasureAsync(
        string kind, Document document, EditSite site, bool withDependents, CancellationToken cancellationToken)
    {
        SourceText text = await document.GetTextAsync(cancellationToken);
        var line = text.Lines.GetLineFromPosition(site.Position).LineNumber + 1;
        return new EditResult(
            kind,
            $"{Path.GetRelativePath(folder, document.FilePath!)}:{line}",
            First: await SpeculateAsync(CheckScope.Project),
            File: await SpeculateAsync(CheckScope.File),
            Project: await SpeculateAsync(CheckScope.Project),
            Dependents: withDependents ? await SpeculateAsync(CheckScope.Dependents) : null,
            Full: await CompileInFullAsync(document, text, site, cancellationToken));

        Task<double> SpeculateAsync(CheckScope scope)
        {
            ChangeSet change = Texts.Edit(snapshot, document.FilePath!, text, site.Make(++_number));
            return Meter.TimeAsync(() => snapshot.SpeculateAsync(change, scope, cancellationToken));
        }
    }

    private Task<double> CompileInFullAsync(Document document, SourceText text, EditSite site, CancellationToken cancellationToken)
    {
        SourceText changed = text.WithChanges(site.Make(++_number));
        return Meter.TimeAsync(async () =>
        {
            Solution fork = snapshot.Solution;
            ImmutableArray<DocumentId> ids = fork.GetDocumentIdsWithFilePath(document.FilePath);
            foreach (DocumentId id in ids)
                fork = fork.WithDocumentText(id, changed);
            foreach (ProjectId project in ids.Select(id => id.ProjectId).Distinct())
                (await fork.GetProject(project)!.GetCompilationAsync(cancellationToken))!.GetDiagnostics(cancellationToken);
        });
    }
}
