using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Bench.Measuring;
using QwenIde.Workspace;
using QwenIde.Workspace.Text;

namespace QwenIde.Bench.Planting;

/// <summary>Plants errors, one at a time and each alone, and lets the workspace repair them.</summary>
internal sealed class PlantBench(SolutionHost host, string folder, int seed, Action<string> say)
{
    private const int FilesToTry = 80;
    private const int StepsToTry = 4;
    private const int ErrorsToTry = 4;

    private readonly SolutionSnapshot _sound = host.Current;

    /// <summary>Plants and repairs.</summary>
    public async Task<ImmutableArray<PlantResult>> RunAsync(int count, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<PlantResult>();
        var barren = new HashSet<Planter>();
        for (var turn = 0; results.Count < count && barren.Count < Planters.All.Length; turn++)
        {
            Planter planter = Planters.All[turn % Planters.All.Length];
            if (barren.Contains(planter))
                continue;
            if (await FindAsync(planter, new Random(HashCode(seed, turn)), cancellationToken) is not { } found)
            {
                barren.Add(planter);
                say($"nowhere to plant: {planter.Name}");
                continue;
            }
            PlantResult result = await RepairAsync(planter, found, cancellationToken);
            results.Add(result);
            say($"planted {results.Count} of {count}: {planter.Name} at {result.Place}: {result.Outcome}");
        }
        return results.ToImmutable();
    }

    /// <summary>The first place, in seeded order, where the compiler minds: in a file that had no error before.</summary>
    private async Task<(Document Document, Plant Plant)?> FindAsync(
        Planter planter, Random random, CancellationToken cancellationToken)
    {
        Document[] documents = [.. ModelBench.Sources(_sound.Solution)];
        random.Shuffle(documents);
        var tried = 0;
        foreach (Document document in documents)
        {
            SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken))!;
            Plant[] plants = [.. planter.Find(root)];
            if (plants.Length == 0)
                continue;
            if (++tried > FilesToTry)
                return null;
            if ((await _sound.GetProblemsAsync(document.FilePath!, cancellationToken)).Any(IsError))
                continue;

            Plant plant = plants[random.Next(plants.Length)];
            SourceText text = await document.GetTextAsync(cancellationToken);
            ChangeSet change = Texts.Edit(_sound, document.FilePath!, text, plant.Change);
            if ((await _sound.SpeculateAsync(change, CheckScope.Project, cancellationToken)).NewErrors > 0)
                return (document, plant);
        }
        return null;
    }

    private async Task<PlantResult> RepairAsync(
        Planter planter, (Document Document, Plant Plant) found, CancellationToken cancellationToken)
    {
        var path = found.Document.FilePath!;
        SourceText sound = await found.Document.GetTextAsync(cancellationToken);
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal) { [path] = sound.WithChanges(found.Plant.Change) };
        SolutionSnapshot snapshot = host.SetBuffer(path, texts[path].ToString());

        ImmutableArray<string> errors = default;
        List<string> steps = [];
        List<double> milliseconds = [];
        var hadChoice = false;
        var isClean = false;
        for (var step = 0; step <= StepsToTry; step++)
        {
            ImmutableArray<Problem> left = await ErrorsAsync(texts, path, cancellationToken);
            if (errors.IsDefault)
                errors = [.. left.Select(problem => problem.Id).Distinct().Order(StringComparer.Ordinal)];
            isClean = left.IsEmpty;
            if (isClean || step == StepsToTry)
                break;
            Repair? repair = null;
            foreach (Problem problem in left.Take(ErrorsToTry))
            {
                // Known to an editor before anyone asks for a repair.
                await snapshot.GetProblemsAsync(problem.Path, cancellationToken);
                ImmutableArray<Repair> repairs = [];
                milliseconds.Add(await Meter.TimeAsync(async () =>
                    repairs = await snapshot.GetRepairsAsync(problem.Path, problem.Range, cancellationToken)));
                repair ??= repairs.FirstOrDefault();
                if (repairs is not [{ IsBest: true } best, ..])
                    continue;
                repair = best;
                break;
            }
            if (repair is null)
                break;
            steps.Add(repair.Title);
            hadChoice |= !repair.IsBest;
            snapshot = await ApplyAsync(repair, snapshot, texts, cancellationToken);
        }

        var isRestored = isClean && await IsRestoredAsync(texts, cancellationToken);
        foreach (var touched in texts.Keys)
            host.CloseBuffer(touched);
        PlantOutcome outcome = isRestored ? PlantOutcome.Restored : isClean ? PlantOutcome.Compiles : PlantOutcome.NotRepaired;
        var line = sound.Lines.GetLinePosition(found.Plant.Change.Span.Start).Line + 1;
        return new PlantResult(
            planter.Name, $"{Path.GetRelativePath(folder, path)}:{line}", found.Plant.What, errors,
            outcome, [.. steps], hadChoice, [.. milliseconds]);
    }

    /// <summary>The errors that the sound solution does not have, those of the planted file first.</summary>
    private async Task<ImmutableArray<Problem>> ErrorsAsync(
        Dictionary<string, SourceText> texts, string path, CancellationToken cancellationToken)
    {
        ChangeSet change = await Texts.ReplaceAsync(_sound, texts, cancellationToken);
        if (change.Files.IsEmpty)
            return [];
        DiagnosticDelta delta = await _sound.SpeculateAsync(change, CheckScope.Dependents, cancellationToken);
        return [.. delta.New.Where(IsError).OrderBy(problem => problem.Path != path).ThenBy(problem => problem.Range.Start)];
    }

    private async Task<SolutionSnapshot> ApplyAsync(
        Repair repair, SolutionSnapshot snapshot, Dictionary<string, SourceText> texts, CancellationToken cancellationToken)
    {
        SolutionSnapshot latest = snapshot;
        foreach (FileEdit file in repair.Changes.Files)
        {
            SourceText text = (await Texts.OfAsync(snapshot, file.Path, cancellationToken)).WithEdits(file.Edits);
            texts[file.Path] = text;
            latest = host.SetBuffer(file.Path, text.ToString());
        }
        return latest;
    }

    private async Task<bool> IsRestoredAsync(Dictionary<string, SourceText> texts, CancellationToken cancellationToken)
    {
        foreach (var (path, text) in texts)
        {
            if (!text.ContentEquals(await Texts.OfAsync(_sound, path, cancellationToken)))
                return false;
        }
        return true;
    }

    private static bool IsError(Problem problem) => problem.Severity == ProblemSeverity.Error;

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int turn) => unchecked((seed * 397) ^ (turn * 7919));
}
