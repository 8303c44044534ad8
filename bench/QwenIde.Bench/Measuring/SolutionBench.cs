using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using QwenIde.Bench.Editing;
using QwenIde.Bench.Planting;
using QwenIde.Workspace;

namespace QwenIde.Bench.Measuring;

/// <summary>Measures one model in this process, which must be fresh: the first load pays for everything, as a user's does.</summary>
internal static class SolutionBench
{
    /// <summary>Runs what the options ask for.</summary>
    public static Task<RunResult> RunAsync(BenchOptions options, Action<string> say, CancellationToken cancellationToken) =>
        options.Mode == RunMode.Peer
            ? RunPeerAsync(options, say, cancellationToken)
            : RunOursAsync(options, say, cancellationToken);

    private static async Task<RunResult> RunOursAsync(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        var isTrusted = options.Mode == RunMode.StageTwo;
        say("loading");
        // Stage two counts from the opening, as the user waits for it.
        var (host, load) = await Meter.MeasureAsync(async () =>
        {
            SolutionHost opened = await SolutionHost.OpenAsync(
                options.Target, new WorkspaceOptions(isTrusted, isTrusted, NullLogger.Instance), progress: null, cancellationToken);
            if (isTrusted)
                await opened.FullModel.WaitAsync(cancellationToken);
            return opened;
        });
        await using SolutionHost disposed = host;
        LoadReport report = host.Current.Report;
        foreach (LoadIssue issue in report.Issues.Where(issue => issue.Severity >= ProblemSeverity.Warning))
            say(issue.Message);

        say("first diagnostics");
        ModelResult model = await ModelBench.DescribeAsync(host.Current, load, cancellationToken);
        var folder = Path.GetDirectoryName(report.Target)!;
        ImmutableArray<PlantResult> plants =
            await new PlantBench(host, folder, options.Seed, say).RunAsync(options.Plants, cancellationToken);
        ImmutableArray<EditResult> edits =
            await new EditBench(host.Current, folder, options.Seed, say).RunAsync(options.Edits, cancellationToken);
        return new RunResult(Name(report.Target), report.Roslyn, model, plants, edits, Meter.PeakMegabytes());
    }

    private static async Task<RunResult> RunPeerAsync(BenchOptions options, Action<string> say, CancellationToken cancellationToken)
    {
        say("loading with MSBuildWorkspace");
        ModelResult model = await ModelBench.MeasurePeerAsync(options.Target, cancellationToken);
        return new RunResult(Name(options.Target), RoslynRuntime.Loaded.Description, model, [], [], Meter.PeakMegabytes());
    }

    private static string Name(string target) => Path.GetFileNameWithoutExtension(target);
}
