using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace.Tests.Repairs;

public sealed class RepairFinderTests(RepairBench bench) : IClassFixture<RepairBench>
{
    private const string MissingUsing = "namespace App;\n\npublic class Log\n{\n    public void Write() => Console.WriteLine(1);\n}\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_equal_candidates_are_a_choice_and_none_is_best()
    {
        var repairs = await FindAsync("CS0246", new()
        {
            ["Alpha.cs"] = "namespace Shop.Alpha { public class Widget { } }",
            ["Beta.cs"] = "namespace Shop.Beta { public class Widget { } }",
            ["Program.cs"] = "namespace Shop.App\n{\n    public class Use { public Widget? Widget { get; set; } }\n}\n",
        });

        Assert.Equal(["using Shop.Alpha;", "using Shop.Beta;"], repairs.Take(2).Select(repair => repair.Candidate.Title));
        Assert.DoesNotContain(repairs, repair => repair.IsBest);
    }

    [Fact]
    public async Task A_namespace_that_the_solution_imports_elsewhere_comes_first()
    {
        var repairs = await FindAsync("CS0246", new()
        {
            ["Alpha.cs"] = "namespace Shop.Alpha { public class Widget { } }",
            ["Beta.cs"] = "namespace Shop.Beta { public class Widget { } }",
            ["Other.cs"] = "using Shop.Beta; namespace Shop.Other { public class Other { public Widget? Widget { get; set; } } }",
            ["Program.cs"] = "namespace Shop.App\n{\n    public class Use { public Widget? Widget { get; set; } }\n}\n",
        });

        Assert.Equal("using Shop.Beta;", repairs[0].Candidate.Title);
        Assert.True(repairs[0].IsBest);
    }

    [Fact]
    public async Task What_would_bring_another_error_is_not_offered()
    {
        // With System.Timers imported, Timer would mean two things.
        var repairs = await FindAsync("CS0246", new()
        {
            ["Program.cs"] = """
                using System.Threading;

                namespace App;

                public class Clock(Timer timer)
                {
                    public void OnElapsed(object? sender, ElapsedEventArgs e) => timer.Dispose();
                }
                """,
        });

        Assert.DoesNotContain(repairs, repair => repair.Candidate.Title == "using System.Timers;");
        Assert.Equal("System.Timers.ElapsedEventArgs", repairs[0].Candidate.Title);
    }

    [Fact]
    public async Task A_repair_is_one_small_edit()
    {
        var solution = bench.Open(MissingUsing);
        var repair = (await FindAsync("CS0103", solution, bench.Finder, RepairLimits.Menu))[0];

        var changes = await ChangeSets.BetweenAsync(solution, repair.Candidate.Changed, 7, Stop);

        Assert.Equal(7, changes.SnapshotVersion);
        var file = Assert.Single(changes.Files);
        var edit = Assert.Single(file.Edits);
        Assert.Equal(new TextEdit(new TextRange(new(0, 0), new(0, 0)), "using System;\n\n"), edit);
    }

    [Fact]
    public async Task A_file_of_two_projects_changes_in_both_and_is_edited_once()
    {
        var projects = new[] { "One", "Two" }.Select(name => (name, ImmutableArray<string>.Empty)).ToImmutableArray();
        var solution = bench.Open(projects, new Dictionary<string, string> { ["One/A.cs"] = "class A { }", ["Two/B.cs"] = "class B { }" });
        foreach (var project in solution.ProjectIds)
            solution = solution.AddDocument(DocumentId.CreateNewId(project), "Log.cs", SourceText.From(MissingUsing), filePath: "/cases/Shared/Log.cs");

        var repair = (await FindAsync("CS0103", solution, bench.Finder, RepairLimits.Menu))[0];
        var changes = await ChangeSets.BetweenAsync(solution, repair.Candidate.Changed, 1, Stop);

        Assert.Single(changes.Files);
        Assert.DoesNotContain(await RepairBench.CompileAsync(repair.Candidate.Changed), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_source_that_fails_costs_only_its_own_repairs()
    {
        var finder = bench.NewFinder([new Failing(), .. bench.Sources]);

        var repairs = await FindAsync("CS0103", bench.Open(MissingUsing), finder, RepairLimits.Menu);

        Assert.Equal("using System;", repairs[0].Candidate.Title);
    }

    [Fact]
    public async Task No_more_repairs_are_proved_than_are_wanted() =>
        Assert.Single(await FindAsync("CS0103", bench.Open(MissingUsing), bench.Finder, RepairLimits.Menu with { Count = 1 }));

    [Fact]
    public async Task A_search_without_time_still_proves_the_likeliest()
    {
        var repairs = await FindAsync("CS0103", bench.Open(MissingUsing), bench.Finder, RepairLimits.Menu with { Time = TimeSpan.Zero });

        Assert.Equal("using System;", Assert.Single(repairs).Candidate.Title);
    }

    [Fact]
    public async Task A_search_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var solution = bench.Open(MissingUsing);
        var document = solution.Projects.Single().Documents.Single();
        var diagnostic = (await bench.Diagnostics.OfFileAsync(document, Stop)).First(found => found.Id == "CS0103");
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Finder.FindAsync(document, diagnostic, RepairLimits.Menu, cancelled.Token));
    }

    [Fact]
    public async Task Only_diagnostics_at_the_place_are_repaired()
    {
        var solution = bench.Open("using System;\nusing System.Text;\n\nclass C { int F() => Math.Bas(1); }\n");
        var document = solution.Projects.Single().Documents.Single();
        var text = await document.GetTextAsync(Stop);

        var repairs = await bench.Finder.FindAsync(document, text.Lines[1].Span, RepairLimits.Menu, Stop);

        Assert.All(repairs, repair => Assert.Equal("CS8019", repair.Problem.Id));
        Assert.NotEmpty(repairs);
    }

    [Fact]
    public void The_SDK_brings_fixers_for_many_of_the_compilers_diagnostics() =>
        Assert.InRange(bench.Sources.OfType<SdkCodeFixes>().Single().DiagnosticIds.Count, 80, 1000);

    [Fact]
    public void Every_fixer_of_the_SDK_could_be_created() => Assert.Empty(bench.Host.Faults);

    private Task<ImmutableArray<VerifiedRepair>> FindAsync(string id, Dictionary<string, string> files) =>
        FindAsync(id, bench.Open([("Case", [])], files), bench.Finder, RepairLimits.Menu);

    private async Task<ImmutableArray<VerifiedRepair>> FindAsync(string id, Solution solution, RepairFinder finder, RepairLimits limits)
    {
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            if ((await bench.Diagnostics.OfFileAsync(document, Stop)).FirstOrDefault(diagnostic => diagnostic.Id == id) is { } diagnostic)
                return await finder.FindAsync(document, diagnostic, limits, Stop);
        }
        throw new InvalidDataException($"The program does not show {id}.");
    }

    /// <summary>Stands for a fault in a source, which the real ones are not known to have.</summary>
    private sealed class Failing : IRepairSource
    {
        public ImmutableHashSet<string> DiagnosticIds { get; } = ["CS0103"];

        public Task<ImmutableArray<RepairCandidate>> ProposeAsync(RepairRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("This source always fails.");
    }
}
