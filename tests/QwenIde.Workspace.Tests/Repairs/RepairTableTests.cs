using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Checking;
using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace.Tests.Repairs;

/// <summary>
/// The table of single-error programs: how many get an acceptable repair first, and whether every offer keeps its promise.
/// </summary>
public sealed class RepairTableTests(RepairBench bench, ITestOutputHelper output) : IClassFixture<RepairBench>
{

    [Fact]
    public async Task Nine_of_ten_programs_are_repaired_first_and_every_offer_is_proved()
    {
        var outcomes = new List<Outcome>();
        foreach (var path in Cases())
            outcomes.Add(await RunAsync(RepairCase.Read(path)));

        Print(outcomes);
        Assert.All(outcomes, outcome => Assert.Empty(outcome.BrokenPromises));
        Assert.True(
            outcomes.Count(outcome => outcome.IsRepaired) >= 0.9 * outcomes.Count,
            $"{outcomes.Count(outcome => outcome.IsRepaired)} of {outcomes.Count} programs are repaired.");
        Assert.All(outcomes.Where(outcome => outcome.Case.Name.Contains("missing-using")), outcome => Assert.True(outcome.IsRepaired, outcome.Case.Name));
    }

    [Fact]
    public void The_table_holds_three_programs_for_each_diagnostic()
    {
        if (Environment.GetEnvironmentVariable("QWENIDE_TEST_DATA") is not null)
            Assert.Skip("Other cases were named.");
        string[] promised =
        [
            "CS0246", "CS0103", "CS1061", "CS0535", "CS0534", "CS0117", "CS0161", "CS4032", "CS4033", "CS1002",
            "CS1026", "CS1513", "CS0029", "CS0266", "CS0165", "CS0506", "CS0115", "CS8600", "CS8602", "CS8604", "CS8618",
            "CS8019", "CS0168", "CS0219", "CS0122", "CS7036", "CS0105",
        ];
        var counts = Cases().Select(RepairCase.Read).CountBy(test => test.Id).ToDictionary();
        Assert.All(promised, id => Assert.True(counts.GetValueOrDefault(id) >= 3, $"{id} has {counts.GetValueOrDefault(id)} programs."));
    }

    private async Task<Outcome> RunAsync(RepairCase test)
    {
        var solution = bench.Open(test.Projects, test.Files);
        var before = await RepairBench.CompileAsync(solution);
        if (await FindAsync(solution, test.Id) is not var (document, diagnostic))
            return new Outcome(test, false, [], [], [$"{test.Name} does not show {test.Id}, but {string.Join("; ", before)}"]);
        var repairs = await bench.Finder.FindAsync(document, diagnostic, RepairLimits.Menu, CancellationToken.None);

        var first = repairs.TakeWhile(repair => repairs[0].Rank - repair.Rank <= RepairFinder.Tie);
        var isRepaired = false;
        foreach (var repair in first)
            isRepaired |= await IsExpectedAsync(solution, repair, test);
        var broken = new List<string>();
        foreach (var repair in repairs)
        {
            if (await BreaksAsync(solution, before, diagnostic, repair) is { } reason)
                broken.Add($"{test.Name}: {repair.Candidate.Title}: {reason}");
        }
        var edits = new List<string>();
        foreach (var repair in repairs)
            edits.Add(Show(await ChangeSets.BetweenAsync(solution, repair.Candidate.Changed, 1, CancellationToken.None)));
        return new Outcome(test, isRepaired, repairs, edits, broken);
    }

    private async Task<(Document, Diagnostic)?> FindAsync(Solution solution, string id)
    {
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            var found = await bench.Diagnostics.OfFileAsync(document, CancellationToken.None);
            if (found.Where(diagnostic => diagnostic.Id == id).MinBy(diagnostic => diagnostic.Location.SourceSpan.Start) is { } match)
                return (document, match);
        }
        return null;
    }

    private static async Task<bool> IsExpectedAsync(Solution solution, VerifiedRepair repair, RepairCase test)
    {
        var texts = await TextsAsync(await AppliedAsync(solution, repair));
        return test.Expected.Any(expected => expected.All(file => texts[$"/cases/{file.Key}"] == file.Value));
    }

    /// <summary>The full compile, from the edits as an editor would get them: one reason why the offer is not what it says, or null.</summary>
    private static async Task<string?> BreaksAsync(
        Solution solution, IReadOnlyList<Diagnostic> before, Diagnostic diagnostic, VerifiedRepair repair)
    {
        var applied = await AppliedAsync(solution, repair);
        if (!(await TextsAsync(applied)).SequenceEqual(await TextsAsync(repair.Candidate.Changed)))
            return "its edits do not lead to its text";
        var after = await RepairBench.CompileAsync(applied);
        var counts = before.CountBy(Key).ToDictionary();
        var worse = after.Where(entry => entry.Severity >= DiagnosticSeverity.Warning).CountBy(Key)
            .FirstOrDefault(entry => entry.Value > counts.GetValueOrDefault(entry.Key));
        if (worse.Value > 0)
            return $"brings {worse.Key}";
        return after.CountBy(Key).ToDictionary().GetValueOrDefault(Key(diagnostic)) >= counts[Key(diagnostic)] ? "the problem stays" : null;
    }

    private static (string, string) Key(Diagnostic diagnostic) => (diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture));

    private static async Task<Solution> AppliedAsync(Solution solution, VerifiedRepair repair) => await SpeculativeCompiler.ForkAsync(
        solution, await ChangeSets.BetweenAsync(solution, repair.Candidate.Changed, 1, CancellationToken.None), CancellationToken.None);

    private static async Task<SortedDictionary<string, string>> TextsAsync(Solution solution)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
            texts[document.FilePath!] = (await document.GetTextAsync(CancellationToken.None)).ToString();
        return texts;
    }

    private void Print(List<Outcome> outcomes)
    {
        output.WriteLine($"{"diagnostic",-10} {"repaired",10} {"offers",8}");
        foreach (var group in outcomes.GroupBy(outcome => outcome.Case.Id).OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Key,-10} {$"{group.Count(outcome => outcome.IsRepaired)}/{group.Count()}",10} {group.Sum(outcome => outcome.Repairs.Length),8}");
        output.WriteLine($"{"all",-10} {$"{outcomes.Count(outcome => outcome.IsRepaired)}/{outcomes.Count}",10} {outcomes.Sum(outcome => outcome.Repairs.Length),8}");
        var showAll = Environment.GetEnvironmentVariable("QWENIDE_TEST_VERBOSE") is not null;
        foreach (var outcome in outcomes.Where(outcome => showAll || !outcome.IsRepaired || outcome.BrokenPromises.Count > 0))
        {
            output.WriteLine($"\n{(outcome.IsRepaired ? "repaired" : "NOT REPAIRED")} {outcome.Case.Name}: {outcome.Case.Title}");
            foreach (var (repair, edits) in outcome.Repairs.Zip(outcome.Edits))
                output.WriteLine($"  {repair.Rank:0.000} {repair.Candidate.Title} ({repair.Candidate.Source}){edits}");
            foreach (var broken in outcome.BrokenPromises)
                output.WriteLine($"  BROKEN {broken}");
        }
    }

    private static string Show(ChangeSet changes) => string.Concat(changes.Files.SelectMany(file => file.Edits.Select(edit =>
        $"\n          {Path.GetFileName(file.Path)}({edit.Range.Start.Line + 1},{edit.Range.Start.Character + 1})-({edit.Range.End.Line + 1},{edit.Range.End.Character + 1}): {System.Text.Json.JsonSerializer.Serialize(edit.NewText)}")));

    private static IEnumerable<string> Cases()
    {
        var root = Environment.GetEnvironmentVariable("QWENIDE_TEST_DATA") ?? Path.Combine(Repository(), "tests", "data");
        var folder = Path.Combine(root, "repairs");
        return Directory.GetFiles(Directory.Exists(folder) ? folder : root, "*.repair", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "QwenIde.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("QwenIde.sln is in no folder above the tests.");
        return folder;
    }

    private sealed record Outcome(
        RepairCase Case, bool IsRepaired, ImmutableArray<VerifiedRepair> Repairs, IReadOnlyList<string> Edits, IReadOnlyList<string> BrokenPromises);
}
