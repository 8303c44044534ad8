using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using QwenIde.Bench;
using QwenIde.Bench.Measuring;
using QwenIde.Bench.Reporting;
using QwenIde.Workspace;

var targets = new Argument<string[]>("solutions") { Description = "Solution or project files.", Arity = ArgumentArity.OneOrMore };
var trust = new Option<bool>("--trust") { Description = "Run the checkouts' MSBuild: stage two, the peers. This runs their code." };
var seed = new Option<int>("--seed") { Description = "Chooses the places.", DefaultValueFactory = _ => 1 };
var plants = new Option<int>("--plants") { Description = "Errors to plant in each solution.", DefaultValueFactory = _ => 10 };
var edits = new Option<int>("--edits") { Description = "One-line changes to compile in each solution.", DefaultValueFactory = _ => 60 };
var output = new Option<string>("--out") { Description = "A folder for results.json and results.md.", DefaultValueFactory = _ => "artifacts/bench" };
var child = new Option<string?>("--child") { Hidden = true };
var mode = new Option<RunMode>("--mode") { Hidden = true };
var root = new RootCommand("Measures QwenIde's workspace on checkouts of real solutions.")
{
    targets, trust, seed, plants, edits, output, child, mode,
};

root.SetAction(async (parsed, cancellationToken) =>
{
    ImmutableArray<string> paths = [.. parsed.GetValue(targets)!.Select(Path.GetFullPath)];
    if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
    {
        await Console.Error.WriteLineAsync($"There is no solution or project file {missing}.");
        return 2;
    }
    var options = new BenchOptions(
        paths[0], parsed.GetValue(mode), parsed.GetValue(seed), parsed.GetValue(plants), parsed.GetValue(edits));
    if (parsed.GetValue(child) is { } file)
    {
        RoslynRuntime.Load(RoslynLocation.Find(dotnetRoot: null, AppContext.BaseDirectory));
        await RunChildAsync(options, file, cancellationToken);
        return 0;
    }

    var results = ImmutableArray.CreateBuilder<SolutionResult>();
    foreach (var path in paths)
    {
        results.Add(await Coordinator.RunAsync(options with { Target = path }, parsed.GetValue(trust), cancellationToken));
        // After each, so that a run that is stopped has not been for nothing.
        Report.Write(results.ToImmutable(), Path.GetFullPath(parsed.GetValue(output)!));
    }
    return 0;
});
return await root.Parse(args).InvokeAsync();

// Kept apart: the method mentions Roslyn's types, and may be compiled only after Roslyn has been chosen.
[MethodImpl(MethodImplOptions.NoInlining)]
static async Task RunChildAsync(BenchOptions options, string file, CancellationToken cancellationToken)
{
    var begun = Stopwatch.GetTimestamp();
    RunResult result = await SolutionBench.RunAsync(
        options,
        line => Console.Error.WriteLine($"  {Stopwatch.GetElapsedTime(begun).TotalSeconds,5:0} s, {options.Mode}: {line}"),
        cancellationToken);
    await File.WriteAllTextAsync(file, Report.ToJson(result), cancellationToken);
}
