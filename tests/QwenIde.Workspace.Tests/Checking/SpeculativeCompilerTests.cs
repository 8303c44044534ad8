using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Checking;

namespace QwenIde.Workspace.Tests.Checking;

public sealed class SpeculativeCompilerTests
{
    private readonly SpeculativeCompiler _compiler = new(new CompilerDiagnostics());

    [Fact]
    public async Task A_change_that_only_moves_a_diagnostic_has_no_delta()
    {
        var before = TestSolution.Create(new TestProject("App", ("A.cs", "class A\n{\n    Missing field;\n}\n")));
        var after = await before.ReplaceAsync("A.cs", "class A\n", "// a line\n// and another\nclass A\n");

        var delta = await CompareAsync(before, after);

        Assert.Empty(delta.New);
        Assert.Empty(delta.Gone);
    }

    [Fact]
    public async Task A_missing_using_that_is_added_takes_its_error_away()
    {
        var before = TestSolution.Create(new TestProject("App", ("A.cs", "class A { System.Type t = typeof(StringBuilder); }\n")));
        var after = await before.ReplaceAsync("A.cs", "class A", "using System.Text;\nclass A");

        var delta = await CompareAsync(before, after);

        Assert.Empty(delta.New);
        Assert.Equal("CS0246", Assert.Single(delta.Gone).Id);
        Assert.True(delta.IsClean);
    }

    [Fact]
    public async Task An_error_that_a_change_causes_in_another_project_is_found()
    {
        var before = TestSolution.Create(
            new TestProject("Lib", ("Lib.cs", "public class Price { public decimal Amount => 1; }")),
            new TestProject("App", ("App.cs", "class App { decimal Total(Price p) => p.Amount; }")) { References = ["Lib"] });
        var after = await before.ReplaceAsync("Lib.cs", "Amount", "Value");

        var delta = await CompareAsync(before, after);

        Assert.Equal(("CS1061", "App.cs"), (Assert.Single(delta.New).Id, delta.New[0].Path));
        Assert.Equal(1, delta.NewErrors);
    }

    [Fact]
    public async Task Short_of_dependents_the_scope_says_whether_they_could_be_touched()
    {
        var before = TestSolution.Create(
            new TestProject("Lib", ("Lib.cs", "public class Price { public decimal Amount => 1; decimal hidden = 2; }")));
        var body = await before.ReplaceAsync("Lib.cs", "=> 1", "=> hidden");
        var signature = await before.ReplaceAsync("Lib.cs", "Amount", "Value");

        Assert.Equal(CheckScope.Dependents, (await CompareAsync(before, body, CheckScope.Project)).Scope);
        Assert.Equal(CheckScope.Project, (await CompareAsync(before, signature, CheckScope.Project)).Scope);
    }

    [Fact]
    public async Task The_last_use_of_a_field_in_another_part_of_its_class_counts()
    {
        var before = TestSolution.Create(new TestProject("App",
            ("A.cs", "partial class A { private int _count; }"),
            ("B.cs", "partial class A { void Add() { _count++; } int Count => _count; }")));
        var after = await before.ReplaceAsync("B.cs", "int Count => _count;", "int Count => 0;");
        var gone = await after.ReplaceAsync("B.cs", "_count++;", "");

        var delta = await CompareAsync(before, gone);

        Assert.Equal(("CS0169", "A.cs"), (Assert.Single(delta.New).Id, delta.New[0].Path));
    }

    [Fact]
    public async Task A_change_set_is_forked_by_path_and_range()
    {
        var solution = TestSolution.Create(new TestProject("App", ("A.cs", "class A\n{\n}\n")));
        var changes = new ChangeSet(1, [new FileEdit("A.cs", [new TextEdit(new(new(1, 1), new(1, 1)), " int x = ;")])]);

        var after = await SpeculativeCompiler.ForkAsync(solution, changes, TestContext.Current.CancellationToken);

        var delta = await CompareAsync(solution, after);
        Assert.Contains(delta.New, problem => problem is { Id: "CS1525", Range.Start.Line: 1 });
    }

    /// <summary>The ladder skips what it knows; whatever it skips, the answer must be that of compiling everything.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_delta_of_a_random_edit_is_that_of_a_full_compile(int seed)
    {
        var before = TestSolution.Create(MutationCorpus.Projects);
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var (after, description) = await MutationCorpus.MutateAsync(before, random);

            var laddered = await CompareAsync(before, after);
            var full = await CompareEverythingAsync(before, after);

            Assert.True(
                Comparable(laddered).SetEquals(full),
                $"{description}\nladder: {string.Join("; ", Comparable(laddered).Except(full))}\nfull: {string.Join("; ", full.Except(Comparable(laddered)))}");
        }

        static HashSet<string> Comparable(DiagnosticDelta delta) =>
        [
            .. delta.New.Select(problem => $"+{problem.Id} {problem.Path} {problem.Range.Start} {problem.Message}"),
            .. delta.Gone.Select(problem => $"-{problem.Id} {problem.Path} {problem.Range.Start} {problem.Message}"),
        ];
    }

    private Task<DiagnosticDelta> CompareAsync(Solution before, Solution after, CheckScope furthest = CheckScope.Dependents) =>
        _compiler.CompareAsync(before, after, furthest, TestContext.Current.CancellationToken);

    /// <summary>Diagnostics of all projects, before and after, with nothing remembered and nothing skipped.</summary>
    private static async Task<HashSet<string>> CompareEverythingAsync(Solution before, Solution after)
    {
        var token = TestContext.Current.CancellationToken;
        var changed = after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()).Single();
        var changes = await after.GetDocument(changed)!.GetTextChangesAsync(before.GetDocument(changed)!, token);
        var matching = new DiagnosticMatching(new Dictionary<string, System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Text.TextChange>>
        {
            [after.GetDocument(changed)!.FilePath!] = [.. changes.OrderBy(change => change.Span)],
        });
        var result = new HashSet<string>();
        foreach (var project in before.Projects)
        {
            var old = (await project.GetCompilationAsync(token))!.Clone().GetDiagnostics(token).Where(Problems.IsShown);
            var fresh = (await after.GetProject(project.Id)!.GetCompilationAsync(token))!.Clone().GetDiagnostics(token).Where(Problems.IsShown);
            var (came, went) = matching.Compare(old, fresh);
            foreach (var problem in came.Select(diagnostic => diagnostic.ToProblem(project)))
                result.Add($"+{problem.Id} {problem.Path} {problem.Range.Start} {problem.Message}");
            foreach (var problem in went.Select(diagnostic => diagnostic.ToProblem(project)))
                result.Add($"-{problem.Id} {problem.Path} {problem.Range.Start} {problem.Message}");
        }

        return result;
    }
}
