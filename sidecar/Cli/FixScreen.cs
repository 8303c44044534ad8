using System.Globalization;
using QwenIde.Sidecar.Fixing;
using QwenIde.Workspace;
using Spectre.Console;

namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide fix</c> shows to a person.</summary>
internal sealed class FixScreen(Terminal terminal, string target)
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Doubtful = new(Color.Yellow);

    /// <summary>Says what was opened and what is missing.</summary>
    public void ShowLoaded(LoadReport report, bool isTrusted)
    {
        terminal.WriteLine(report.Target, Strong);
        var documents = report.Projects.Sum(project => project.Documents);
        var from = report.Stage == ModelStage.MSBuild ? "as MSBuild sees them" : "from the project files alone";
        terminal.WriteLine(
            $"{Count(report.Projects.Length, "project")}, {Count(documents, "file")}, {from}; Roslyn {report.Roslyn}", Faint);
        foreach (LoadIssue issue in report.Issues)
            terminal.WriteLine($"{issue.Severity.ToWireName()}: {issue.Message}", StyleOf(issue.Severity));
        foreach (ProjectReport project in report.Projects.Where(project => !project.MissingPackages.IsEmpty))
            terminal.WriteLine(
                $"{project.Name} lacks {string.Join(", ", project.MissingPackages)}; run `dotnet restore`.", Doubtful);
        if (!isTrusted && report.Projects.Any(project => !project.MissingPackages.IsEmpty))
            terminal.WriteLine("With --trust MSBuild is asked too, which runs the repository's build logic.", Faint);
    }

    /// <summary>Lists the problems by project, each with its repair.</summary>
    public void ShowItems(FixPlan plan)
    {
        foreach (IGrouping<string, FixItem> project in plan.Items.GroupBy(item => item.Problem.Project))
        {
            terminal.WriteLine();
            terminal.WriteLine($"{project.Key}: {Count(project.Count(), "problem")}", Strong);
            foreach (FixItem item in project)
                Show(item);
        }
    }

    /// <summary>Says what was done, and what is left to do.</summary>
    public void ShowSummary(FixPlan plan, bool isWritten, int remaining)
    {
        var repaired = plan.Items.Length - plan.Remaining.Length;
        terminal.WriteLine();
        if (plan.Items.IsEmpty)
            terminal.WriteLine("No errors.", Good);
        else if (isWritten)
            terminal.WriteLine(
                $"Wrote {Count(plan.Changes.Files.Length, "file")}; {Count(remaining, "problem")} remain{(remaining == 1 ? "s" : "")}.",
                remaining == 0 ? Good : Doubtful);
        else if (plan.Changes.Files.IsEmpty)
            terminal.WriteLine("None of them has a repair that is known to compile.", Doubtful);
        else
            terminal.WriteLine(
                $"{repaired} of {Count(plan.Items.Length, "problem")} can be repaired. Nothing was written; --apply writes.", Doubtful);
    }

    private void Show(FixItem item)
    {
        Problem problem = item.Problem;
        var place = string.Create(
            CultureInfo.InvariantCulture,
            $"{DisplayNames.Relative(problem.Path, target)}:{problem.Range.Start.Line + 1}:{problem.Range.Start.Character + 1}");
        terminal.WriteLine($"  {place}: {problem.Severity.ToWireName()} {problem.Id}: {problem.Message}", StyleOf(problem.Severity));
        switch (item.Outcome)
        {
            case FixOutcome.Repaired:
                terminal.WriteLine($"    repair: {item.Repairs[0].Title} ({item.Repairs[0].Source})", Good);
                ShowDiff(item.Repairs[0]);
                break;
            case FixOutcome.GoneWithAnother:
                terminal.WriteLine("    goes with another repair", Good);
                break;
            case FixOutcome.Choice:
                terminal.WriteLine($"    {item.Repairs.Length} repairs are possible; choose in the editor, or by hand:", Doubtful);
                foreach (PlannedRepair choice in item.Repairs)
                    terminal.WriteLine($"    - {choice.Title} ({choice.Source})");
                break;
            case FixOutcome.NotRepairable:
                terminal.WriteLine("    no repair is known to compile", Faint);
                break;
        }
    }

    private void ShowDiff(PlannedRepair repair)
    {
        foreach (DiffLine line in repair.Files.SelectMany(file => file.ToDiff(target)))
            terminal.WriteLine(line.Text, line.Kind switch
            {
                DiffLineKind.Added => Good,
                DiffLineKind.Removed => Bad,
                DiffLineKind.Hunk => new Style(Color.Aqua),
                DiffLineKind.File => Strong,
                _ => Style.Plain,
            });
    }

    private static Style StyleOf(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => Bad,
        ProblemSeverity.Warning => Doubtful,
        _ => Faint,
    };

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
