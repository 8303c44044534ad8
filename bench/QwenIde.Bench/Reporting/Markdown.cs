using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using QwenIde.Bench.Measuring;

namespace QwenIde.Bench.Reporting;

/// <summary>The tables of <c>bench/README.md</c>.</summary>
internal static class Markdown
{
    /// <summary>All tables.</summary>
    public static string Render(ImmutableArray<SolutionResult> results)
    {
        var text = new StringBuilder();
        Line(text, $"Roslyn {results[0].Main.Roslyn}, .NET {Environment.Version}, {Environment.ProcessorCount} processors, seed {results[0].Seed}.");
        Loading(text, results);
        Repairs(text, results);
        Edits(text, results);
        Plants(text, results);
        return text.ToString();
    }

    private static void Loading(StringBuilder text, ImmutableArray<SolutionResult> results)
    {
        Line(text, $"\n### Loading and first diagnostics\n");
        Line(text, $"| solution | model | projects | files | lines | load s | ratio | first diagnostics s (CPU s) | errors | MB after load → diagnostics |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (SolutionResult result in results)
        {
            Model(text, result, "stage one", result.StageOne);
            Model(text, result, "stage two", result.StageTwo);
            Model(text, result, "peer: MSBuildWorkspace", result.Peer);
            if (result.Build is { } build)
                Line(text, $"| | peer: dotnet build{(build.HasSucceeded ? "" : " (with errors)")} | | | | {build.Seconds:0.0} | {Ratio(build.Seconds * 1000, result.Peer)} | | | |");
        }
        Line(text, $"\nRatio: load time over that of the peer, MSBuildWorkspace.");
    }

    private static void Model(StringBuilder text, SolutionResult result, string name, RunResult? run)
    {
        if (run?.Model is not { } model)
            return;
        Line(text, $"| {run.Name} | {name} | {model.Projects} | {model.Files} | {model.Lines} | {model.Load.Wall / 1000:0.0} | {Ratio(model.Load.Wall, result.Peer)} | {model.Diagnostics.Wall / 1000:0.0} ({model.Diagnostics.Cpu / 1000:0.0}) | {model.Errors.Values.Sum()} | {model.Load.ResidentMegabytes:0} → {model.Diagnostics.ResidentMegabytes:0} |");
    }

    private static string Ratio(double milliseconds, RunResult? peer) =>
        peer is null ? "" : (milliseconds / peer.Model.Load.Wall).ToString("0.00", CultureInfo.InvariantCulture);

    private static void Repairs(StringBuilder text, ImmutableArray<SolutionResult> results)
    {
        Line(text, $"\n### Planted errors, taking the best repair offered\n");
        Line(text, $"| solution | planted | repaired | of them byte for byte | with a choice | repair ms p50 | p95 |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- |");
        foreach (RunResult run in results.Select(result => result.Main).Where(run => !run.Plants.IsEmpty))
        {
            ImmutableArray<PlantResult> repaired = [.. run.Plants.Where(plant => plant.Outcome != PlantOutcome.NotRepaired)];
            ImmutableArray<double> times = [.. run.Plants.SelectMany(plant => plant.Milliseconds)];
            var (half, most) = times.IsEmpty ? ("", "") : (Show(times, 0.5), Show(times, 0.95));
            Line(text, $"| {run.Name} | {run.Plants.Length} | {repaired.Length} | {repaired.Count(plant => plant.Outcome == PlantOutcome.Restored)} | {repaired.Count(plant => plant.HadChoice)} | {half} | {most} |");
        }
    }

    private static void Edits(StringBuilder text, ImmutableArray<SolutionResult> results)
    {
        Line(text, $"\n### Speculative compile of a one-line change, ms\n");
        Line(text, $"| solution | change | n | file p50 | p95 | file + project p50 | p95 | first in its file p50 | p95 | with dependents p50 | p95 | limit p50 | p95 | ratio p50 |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (RunResult run in results.Select(result => result.Main).Where(run => !run.Edits.IsEmpty))
        {
            foreach (IGrouping<string, EditResult> group in run.Edits.GroupBy(edit => edit.Kind))
                EditRow(text, run.Name, group.Key, [.. group]);
            EditRow(text, run.Name, "both", run.Edits);
        }
        Line(text, $"\nLimit: all diagnostics of the changed project by Roslyn's `Compilation.GetDiagnostics` on the same fork. Ratio: file + project over the limit, each change with its own, the median.");
    }

    private static void EditRow(StringBuilder text, string name, string kind, ImmutableArray<EditResult> edits)
    {
        var columns = new Func<EditResult, double?>[]
        {
            edit => edit.File, edit => edit.Project, edit => edit.First, edit => edit.Dependents, edit => edit.Full,
        };
        var cells = string.Join(" | ", columns
            .Select(column => edits.Select(column).OfType<double>().ToImmutableArray())
            .Select(values => values.IsEmpty ? " | " : $"{Show(values, 0.5)} | {Show(values, 0.95)}"));
        var ratio = Meter.Percentile(edits.Select(edit => edit.Project / edit.Full), 0.5);
        Line(text, $"| {name} | {kind} | {edits.Length} | {cells} | {ratio:0.00} |");
    }

    private static void Plants(StringBuilder text, ImmutableArray<SolutionResult> results)
    {
        Line(text, $"\n### Each planted error\n");
        Line(text, $"| solution | mistake | place | change | errors | outcome | repairs taken |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- |");
        foreach (RunResult run in results.Select(result => result.Main))
        {
            foreach (PlantResult plant in run.Plants)
                Line(text, $"| {run.Name} | {plant.Kind} | {plant.Place} | {Code(plant.Change)} | {string.Join(", ", plant.Errors)} | {Outcome(plant)} | {string.Join(", then ", plant.Steps.Select(Code))} |");
        }
    }

    private static string Outcome(PlantResult plant) => plant.Outcome switch
    {
        PlantOutcome.Restored => "restored",
        PlantOutcome.Compiles => "compiles",
        _ => "**not repaired**",
    };

    private static string Code(string text) =>
        $"`{text.Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Show(IEnumerable<double> values, double share) =>
        Meter.Percentile(values, share).ToString("0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
