using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using QwenIde.Sidecar.Fixing;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide fix</c> was asked to do.</summary>
/// <param name="Path">The solution, project or folder, absolute.</param>
/// <param name="Apply">Write the repairs.</param>
/// <param name="Json">Print one JSON object instead of text for people.</param>
/// <param name="Trust">MSBuild and generators of the repository may run.</param>
/// <param name="Only">Diagnostic identifiers; none means every error.</param>
internal sealed record FixArguments(string Path, bool Apply, bool Json, bool Trust, ImmutableHashSet<string> Only);

/// <summary><c>qwenide fix</c>: a solution's errors, repaired in the terminal.</summary>
internal static class FixCommand
{
    /// <summary>Runs the command and gives its exit code.</summary>
    public static async Task<int> RunAsync(
        FixArguments arguments, string? packagesFolder, Terminal terminal, CancellationToken cancellationToken)
    {
        var options = new WorkspaceOptions(arguments.Trust, LoadFullModel: arguments.Trust, NullLogger.Instance)
        {
            PackagesFolder = packagesFolder,
        };
        await using SolutionHost host = await terminal.WithProgressAsync(
            progress => OpenAsync(arguments.Path, options, progress, cancellationToken));
        LoadReport report = host.Current.Report;
        var screen = new FixScreen(terminal, report.Target);
        if (!arguments.Json)
            screen.ShowLoaded(report, arguments.Trust);

        var selection = new FixSelection(arguments.Only);
        FixPlan plan = await terminal.WithProgressAsync(
            progress => new FixPlanner(host, selection, progress).PlanAsync(cancellationToken));
        if (!arguments.Json)
            screen.ShowItems(plan);

        var remaining = arguments.Apply ? plan.Remaining.Length : plan.Items.Length;
        var isWritten = arguments.Apply && !plan.Changes.Files.IsEmpty;
        if (isWritten)
        {
            await ChangeSetWriter.WriteAsync(plan.Changes, plan.Start, cancellationToken);
            // From here on the files are changed, so the result is reported even if the user is no longer patient.
            remaining = await terminal.WithProgressAsync(progress => RecheckAsync(host, plan, selection, progress));
        }
        if (arguments.Json)
            Terminal.WriteJson(FixReport.Create(report, plan, arguments.Trust, isWritten, remaining).ToJson());
        else
            screen.ShowSummary(plan, isWritten, remaining);
        return remaining == 0 ? ExitCode.Success : ExitCode.ProblemsRemain;
    }

    private static async Task<SolutionHost> OpenAsync(
        string path, WorkspaceOptions options, IProgress<LoadProgress> progress, CancellationToken cancellationToken)
    {
        SolutionHost host = await SolutionHost.OpenAsync(path, options, progress, cancellationToken);
        try
        {
            await host.FullModel.WaitAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    // The texts on disk are asked, not the plan's own.
    private static async Task<int> RecheckAsync(
        SolutionHost host, FixPlan plan, FixSelection selection, IProgress<LoadProgress> progress)
    {
        foreach (FileEdit file in plan.Changes.Files)
            host.CloseBuffer(file.Path);
        SolutionSnapshot written = await host.FilesChangedAsync(
            [.. plan.Changes.Files.Select(file => file.Path)], CancellationToken.None);
        return (await new FixPlanner(host, selection, progress)
            .SelectAsync(written, "Checking what was written", CancellationToken.None)).Length;
    }
}
