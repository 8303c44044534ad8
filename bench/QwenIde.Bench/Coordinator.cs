using System.Diagnostics;
using QwenIde.Bench.Measuring;
using QwenIde.Bench.Reporting;

namespace QwenIde.Bench;

/// <summary>Runs every measurement of a solution in a process of its own, one after the other.</summary>
internal static class Coordinator
{
    /// <summary>Measures a solution; without trust, nothing of the checkout is run.</summary>
    public static async Task<SolutionResult> RunAsync(BenchOptions options, bool isTrusted, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync(options.Target);
        BenchOptions loadOnly = options with { Plants = 0, Edits = 0 };
        if (!isTrusted)
        {
            RunResult only = await RunChildAsync(options with { Mode = RunMode.StageOne }, cancellationToken);
            return new SolutionResult(options.Target, options.Seed, only, null, null, null);
        }
        RunResult one = await RunChildAsync(loadOnly with { Mode = RunMode.StageOne }, cancellationToken);
        RunResult two = await RunChildAsync(options with { Mode = RunMode.StageTwo }, cancellationToken);
        RunResult peer = await RunChildAsync(loadOnly with { Mode = RunMode.Peer }, cancellationToken);
        return new SolutionResult(options.Target, options.Seed, one, two, peer, await BuildAsync(options.Target, cancellationToken));
    }

    private static async Task<RunResult> RunChildAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            var code = await RunAsync(
                Environment.ProcessPath!,
                [
                    options.Target, "--child", file, "--mode", options.Mode.ToString(),
                    "--seed", $"{options.Seed}", "--plants", $"{options.Plants}", "--edits", $"{options.Edits}",
                ],
                cancellationToken);
            return code == 0
                ? Report.ReadRun(await File.ReadAllTextAsync(file, cancellationToken))
                : throw new InvalidOperationException($"Measuring {options.Target} ({options.Mode}) ended with exit code {code}.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<BuildResult> BuildAsync(string target, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("  dotnet build");
        var begun = Stopwatch.GetTimestamp();
        var code = await RunAsync(
            "dotnet",
            [
                "build", target, "--no-restore", "--no-incremental", "-v", "q", "-clp:NoSummary;ErrorsOnly", "-nodeReuse:false",
                "-p:TreatWarningsAsErrors=false", "-p:UseSharedCompilation=false",
            ],
            cancellationToken);
        return new BuildResult(Stopwatch.GetElapsedTime(begun).TotalSeconds, code == 0);
    }

    // From a neutral folder, where no global.json of the checkout has a say.
    private static async Task<int> RunAsync(string file, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            // Standard output is for the tables; what a build says is not needed.
            await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
