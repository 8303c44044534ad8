using System.Collections.Immutable;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>
/// Repairs problem after problem in memory, each upon the ones before, so that every repair is verified against what the
/// files will really be. Nothing is written; the host's buffers hold the repaired texts afterwards.
/// </summary>
internal sealed class FixPlanner(SolutionHost host, FixSelection selection, IProgress<LoadProgress> progress)
{
    private readonly List<Pending> _pending = [];

    /// <summary>Makes the plan.</summary>
    public async Task<FixPlan> PlanAsync(CancellationToken cancellationToken)
    {
        SolutionSnapshot start = host.Current;
        _pending.AddRange((await SelectAsync(start, "Compiling", cancellationToken)).Select(problem => new Pending(problem)));
        SolutionSnapshot current = start;
        var done = 0;
        foreach (Pending pending in _pending.OrderBy(pending => Precedence(pending.Problem)))
        {
            progress.Report(new LoadProgress("Looking for repairs", done++, _pending.Count));
            if (pending.Item is null)
                current = await RepairAsync(pending, current, cancellationToken);
        }
        ChangeSet changes = await start.ChangesToAsync(current, cancellationToken);
        ImmutableArray<Problem> remaining =
            current.Version == start.Version
                ? [.. _pending.Select(pending => pending.Problem)]
                : await SelectAsync(current, "Compiling the result", cancellationToken);
        return new FixPlan(start, changes, [.. _pending.Select(pending => pending.Item!)], remaining);
    }

    /// <summary>The selected problems of a snapshot, project by project, each file's from top to bottom.</summary>
    public async Task<ImmutableArray<Problem>> SelectAsync(
        SolutionSnapshot snapshot, string activity, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var seen = new HashSet<(string, string, TextRange, string)>();
        var projects = 0;
        await foreach (ProjectProblems project in snapshot.GetAllProblemsAsync(cancellationToken))
        {
            progress.Report(new LoadProgress(activity, ++projects, snapshot.Report.Projects.Length));
            problems.AddRange(project.Problems
                .Where(selection.Includes)
                // A file that several projects hold has its problems in each.
                .Where(problem => seen.Add((problem.Path, problem.Id, problem.Range, problem.Message)))
                .OrderBy(problem => problem.Path, StringComparer.Ordinal)
                .ThenBy(problem => problem.Range.Start));
        }
        return problems.ToImmutable();
    }

    // Causes before what they cause: where the parser guesses or a name is unknown, other complaints follow that go with it,
    // and a repair of those would write the misunderstanding down.
    private static int Precedence(Problem problem) => problem.Id switch
    {
        "CS1001" or "CS1002" or "CS1003" or "CS1026" or "CS1513" or "CS1514" or "CS1525" => 0,
        "CS0246" or "CS0234" or "CS0103" => 1,
        _ => 2,
    };

    private async Task<SolutionSnapshot> RepairAsync(
        Pending pending, SolutionSnapshot current, CancellationToken cancellationToken)
    {
        Problem problem = pending.Problem;
        ImmutableArray<Repair> repairs = Matching(
            pending, await current.GetBestRepairsAsync(problem.Path, pending.Range, cancellationToken));
        Repair? best = repairs.FirstOrDefault(repair => repair.IsBest);
        best ??= repairs.Length == 1 ? repairs[0] : null;
        if (best is null)
        {
            var choices = ImmutableArray.CreateBuilder<PlannedRepair>();
            foreach (Repair repair in repairs)
                choices.Add(await PreviewAsync(repair, current, cancellationToken));
            FixOutcome outcome = repairs.IsEmpty ? FixOutcome.NotRepairable : FixOutcome.Choice;
            pending.Item = new FixItem(problem, outcome, choices.ToImmutable());
            return current;
        }

        PlannedRepair made = await PreviewAsync(best, current, cancellationToken);
        pending.Item = new FixItem(problem, FixOutcome.Repaired, [made]);
        foreach (Pending other in _pending)
            other.Follow(best);
        foreach (FileChange file in made.Files)
            current = host.SetBuffer(file.Path, file.After);
        return current;
    }

    // A repair nearby may have widened or narrowed what the compiler marks; then its message identifies the problem.
    private static ImmutableArray<Repair> Matching(Pending pending, ImmutableArray<Repair> repairs)
    {
        ImmutableArray<Repair> exact =
            [.. repairs.Where(repair => repair.Problem.Id == pending.Problem.Id && repair.Problem.Range == pending.Range)];
        return !exact.IsEmpty
            ? exact
            : [.. repairs.Where(repair => repair.Problem.Id == pending.Problem.Id && repair.Problem.Message == pending.Problem.Message)];
    }

    private static async Task<PlannedRepair> PreviewAsync(
        Repair repair, SolutionSnapshot snapshot, CancellationToken cancellationToken) =>
        new(repair.Title, repair.Source, await snapshot.PreviewAsync(repair.Changes, cancellationToken));

    /// <summary>A problem on its way through the repairs made before its turn.</summary>
    private sealed class Pending(Problem problem)
    {
        public Problem Problem { get; } = problem;

        /// <summary>Where it stands by now.</summary>
        public TextRange Range { get; private set; } = problem.Range;

        public FixItem? Item { get; set; }

        public void Follow(Repair repair)
        {
            if (Item is null && repair.Delta.Gone.Any(gone =>
                gone.Id == Problem.Id && gone.Range == Range && gone.Path == Problem.Path))
            {
                Item = new FixItem(Problem, FixOutcome.GoneWithAnother, []);
                return;
            }
            if (repair.Changes.Files.FirstOrDefault(file => file.Path == Problem.Path) is { } edit)
                Range = RangeShift.Through(Range, edit.Edits);
        }
    }
}
