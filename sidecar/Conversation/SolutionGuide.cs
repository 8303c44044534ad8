using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using QwenIde.Sidecar.Fixing;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Conversation;

/// <summary>
/// Answers a question about the open solution from what the compiler knows, without a language model, and says so.
/// The answer is Markdown in pieces, each worth showing as it comes.
/// </summary>
internal static class SolutionGuide
{
    private const int MostSymbols = 10;
    private const int MostProblems = 5;

    /// <summary>What is said where a model would answer.</summary>
    public const string NoModel =
        """

        ---
        **No model is set up yet.** This version of QwenIde does not run a language model, so it cannot answer in its own
        words, explain or write code; everything above comes from the compiler. A later version will run a Qwen coder
        model on this machine, or use a server of yours. It will need a folder with the exported model and enough memory
        for it. There is nothing to install or configure for it today. Repairs of compiler errors work without a model:
        put the caret on a red squiggle and open the light bulb.

        """;

    /// <summary>Answers from a snapshot.</summary>
    public static async IAsyncEnumerable<string> AnswerAsync(
        SolutionSnapshot snapshot, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LoadReport report = snapshot.Report;
        if (await SymbolsAsync(snapshot, question, cancellationToken) is { } symbols)
            yield return symbols;
        yield return Introduce(report);
        yield return "| project | framework | files | errors | warnings |\n| --- | --- | ---: | ---: | ---: |\n";
        var worst = new List<Problem>();
        var seen = new HashSet<(string, string, TextRange, string)>();
        await foreach (ProjectProblems project in snapshot.GetAllProblemsAsync(cancellationToken))
        {
            yield return Row(report, project);
            worst.AddRange(project.Problems
                .Where(problem => problem.Severity >= ProblemSeverity.Warning)
                .Where(problem => seen.Add((problem.Path, problem.Id, problem.Range, problem.Message))));
        }
        yield return Worst(worst, report.Target);
        yield return Missing(report);
        yield return NoModel;
    }

    private static async Task<string?> SymbolsAsync(
        SolutionSnapshot snapshot, string question, CancellationToken cancellationToken)
    {
        var found = new List<SymbolMatch>();
        foreach (var name in Question.Names(question))
            found.AddRange(await snapshot.FindSymbolsAsync(name, MostSymbols, cancellationToken));
        SymbolMatch[] best =
        [
            .. found.OrderByDescending(match => match.Score)
                .DistinctBy(match => (match.Path, match.Range))
                .Take(MostSymbols),
        ];
        if (best.Length == 0)
            return null;
        var lines = best.Select(match =>
            $"- {match.Kind} {Markdown.Code(match.Name)} in {Markdown.Link(PlaceOf(match.Path, match.Range, snapshot.Report.Target), match.Path, match.Range.Start)}\n");
        return $"**Found for your question**\n\n{string.Concat(lines)}\n";
    }

    private static string Introduce(LoadReport report)
    {
        var source = report.Stage == ModelStage.MSBuild
            ? "as MSBuild sees them"
            : "read from the project files alone";
        var files = report.Projects.Sum(project => project.Documents);
        return $"**{Markdown.Text(Path.GetFileName(report.Target))}**: {Count(report.Projects.Length, "project")} with "
            + $"{Count(files, "file")}, {source}; compiled by Roslyn {Markdown.Text(report.Roslyn)}.\n\n";
    }

    private static string Row(LoadReport report, ProjectProblems problems)
    {
        ProjectReport? project = report.Projects.FirstOrDefault(project => project.Name == problems.Project);
        var name = project is null
            ? Markdown.Text(problems.Project)
            : Markdown.Link(project.Name, project.Path, default);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Markdown.Text(project?.TargetFramework ?? "")} | {project?.Documents ?? 0} | {problems.Problems.Count(problem => problem.Severity == ProblemSeverity.Error)} | {problems.Problems.Count(problem => problem.Severity == ProblemSeverity.Warning)} |\n");
    }

    private static string Worst(List<Problem> problems, string target)
    {
        if (problems.Count == 0)
            return "\nThe compiler finds no errors and no warnings.\n";
        var lines = problems.OrderByDescending(problem => problem.Severity).Take(MostProblems).Select(problem =>
            $"- {problem.Severity.ToWireName()} {Markdown.Text(problem.Id)} in {Markdown.Link(PlaceOf(problem.Path, problem.Range, target), problem.Path, problem.Range.Start)}: {Markdown.Text(problem.Message)}\n");
        var rest = problems.Count - MostProblems;
        return $"\n**The worst of them**\n\n{string.Concat(lines)}"
            + (rest > 0 ? string.Create(CultureInfo.InvariantCulture, $"\nand {rest} more.\n") : "");
    }

    private static string Missing(LoadReport report)
    {
        ImmutableArray<string> lines =
        [
            .. report.Projects.Where(project => !project.MissingPackages.IsEmpty).Select(project =>
                $"- {Markdown.Text(project.Name)} lacks {string.Join(", ", project.MissingPackages.Select(Markdown.Code))}: run `dotnet restore`, so that these errors are real ones\n"),
            .. report.Issues.Where(issue => issue.Severity >= ProblemSeverity.Warning)
                .Select(issue => $"- {Markdown.Text(issue.Message)}\n"),
        ];
        return lines.IsEmpty ? "" : $"\n**Missing**\n\n{string.Concat(lines)}";
    }

    private static string PlaceOf(string path, TextRange range, string target) => string.Create(
        CultureInfo.InvariantCulture, $"{DisplayNames.Relative(path, target)}:{range.Start.Line + 1}");

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
