using QwenIde.Workspace.Tests.Loading;

namespace QwenIde.Workspace.Tests.Host;

/// <summary>How the open solution changes: buffers, files, project files.</summary>
public sealed class SolutionHostTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task An_unsaved_buffer_counts_instead_of_the_file_until_it_is_closed()
    {
        var host = await OpenAppAsync();
        var before = host.Current;

        var broken = host.SetBuffer(_workspace.At("App/One.cs"), "namespace App; public static class One { public const int Value = nothing; }");
        var closed = host.CloseBuffer(_workspace.At("App/One.cs"));

        Assert.Empty(await ErrorsAsync(before));
        Assert.Equal(["CS0103 One.cs"], await ErrorsAsync(broken));
        Assert.Empty(await ErrorsAsync(closed));
        Assert.Equal((before.Version + 1, before.Version + 2), (broken.Version, closed.Version));
    }

    [Fact]
    public async Task A_buffer_equal_to_its_file_changes_nothing()
    {
        var host = await OpenAppAsync();
        var before = host.Current;

        Assert.Same(before, host.SetBuffer(_workspace.At("App/One.cs"), await File.ReadAllTextAsync(_workspace.At("App/One.cs"), _cancellation)));
    }

    [Fact]
    public async Task A_change_on_disk_under_an_open_buffer_shows_once_the_buffer_is_closed()
    {
        var host = await OpenAppAsync();
        host.SetBuffer(_workspace.At("App/One.cs"), "namespace App; public static class One { public const int Value = 2; }");
        _workspace.Write("App/One.cs", "namespace App; public static class One { public const int Value = nothing; }");

        var changed = await host.FilesChangedAsync([_workspace.At("App/One.cs")], _cancellation);
        var closed = host.CloseBuffer(_workspace.At("App/One.cs"));

        Assert.Empty(await ErrorsAsync(changed));
        Assert.Equal(["CS0103 One.cs"], await ErrorsAsync(closed));
    }

    [Fact]
    public async Task Files_that_come_change_and_go_are_followed()
    {
        var host = await OpenAppAsync();
        var path = _workspace.Write("App/New/Three.cs", "namespace App; public static class Three { public const int Value = One.Value; }");

        var created = await host.FilesChangedAsync([_workspace.At("App/New")], _cancellation);
        Assert.Contains(created.Solution.Projects.Single().Documents, document => document.FilePath == path);

        _workspace.Write("App/New/Three.cs", "namespace App; public static class Three { public const int Value = missing; }");
        var changed = await host.FilesChangedAsync([path], _cancellation);
        Assert.Equal(["CS0103 Three.cs"], await ErrorsAsync(changed));

        Directory.Delete(_workspace.At("App/New"), recursive: true);
        var deleted = await host.FilesChangedAsync([_workspace.At("App/New")], _cancellation);
        Assert.Empty(await ErrorsAsync(deleted));
        Assert.Equal(2, deleted.Solution.Projects.Single().Documents.Count(document => File.Exists(document.FilePath)));
    }

    [Fact]
    public async Task A_file_that_no_project_compiles_changes_nothing()
    {
        var host = await OpenAppAsync();
        var before = host.Current;
        var inOutput = _workspace.Write("App/bin/Debug/Copy.cs", "nonsense");
        var notSource = _workspace.Write("App/readme.txt", "text");

        Assert.Same(before, await host.FilesChangedAsync([inOutput, notSource], _cancellation));
        Assert.Empty(await host.Current.GetProblemsAsync(inOutput, _cancellation));
    }

    [Fact]
    public async Task A_changed_project_file_is_read_again_and_open_buffers_stay()
    {
        var host = await OpenAppAsync();
        host.SetBuffer(_workspace.At("App/One.cs"), "namespace App; public static class One { public const int Value = nothing; }");
        var documents = host.Current.Solution.Projects.Single().DocumentIds;
        _workspace.WriteProject("App", """<Compile Remove="Two.cs" />""");

        await host.FilesChangedAsync([_workspace.At("App/App.csproj")], _cancellation);
        await host.FullModel;

        Assert.Equal(["CS0103 One.cs"], await ErrorsAsync(host.Current));
        Assert.DoesNotContain(host.Current.Solution.Projects.Single().Documents, document => document.Name == "Two.cs");
        Assert.Empty(host.Current.Solution.Projects.Single().DocumentIds.Except(documents));
    }

    [Fact]
    public async Task A_project_file_that_breaks_keeps_the_last_model_and_says_so()
    {
        var host = await OpenAppAsync();
        _workspace.Write("App/App.csproj", "<Project");

        await host.FilesChangedAsync([_workspace.At("App/App.csproj")], _cancellation);
        await host.FullModel;

        Assert.Single(host.Current.Solution.Projects);
        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.Contains("App.csproj is left out, for it is broken at line 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_snapshot_is_announced_once_and_in_order()
    {
        const int Changes = 50;
        var host = await OpenAppAsync();
        var seen = new List<long>();
        var all = new TaskCompletionSource();
        host.Changed += (_, snapshot) =>
        {
            seen.Add(snapshot.Version);
            if (seen.Count == Changes)
                all.SetResult();
        };

        var first = host.Current.Version;
        Parallel.For(0, Changes, i => host.SetBuffer(_workspace.At("App/One.cs"), $"namespace App; public static class One {{ public const int Value = {i + 10}; }}"));
        await all.Task.WaitAsync(_cancellation);

        Assert.Equal(Enumerable.Range(1, Changes).Select(i => first + i), seen);
    }

    [Fact]
    public async Task A_change_set_of_another_version_is_refused()
    {
        var host = await OpenAppAsync();
        var old = host.Current;
        host.SetBuffer(_workspace.At("App/One.cs"), "namespace App;");

        await Assert.ThrowsAsync<StaleChangeSetException>(
            () => host.Current.SpeculateAsync(new ChangeSet(old.Version, []), CheckScope.File, _cancellation));
        Assert.True((await old.SpeculateAsync(new ChangeSet(old.Version, []), CheckScope.File, _cancellation)).IsClean);
    }

    [Theory]
    [InlineData("OrderService", "Shop.OrderService")]
    [InlineData("orderservice", "Shop.OrderService")]
    [InlineData("OrSe", "Shop.OrderService")]
    [InlineData("os", "Shop.OrderService")]
    [InlineData("OrderServise", "Shop.OrderService")]
    [InlineData("Service", "Shop.OrderService")]
    [InlineData("OrderService.Place", "Shop.OrderService.PlaceAsync(int, string)")]
    [InlineData("where does PlaceAsync get called?", "Shop.OrderService.PlaceAsync(int, string)")]
    [InlineData("State.Open", "Shop.State.Open")]
    [InlineData("Box", "Shop.Box<T>")]
    public async Task Declarations_are_found_by_name_beginning_capitals_part_or_nearly(string query, string expected)
    {
        _workspace.WriteProject("App");
        _workspace.Write("App/Shop.cs", """
            namespace Shop;
            public sealed class OrderService
            {
                private readonly int _count;
                public Task PlaceAsync(int id, string name) => Task.CompletedTask;
            }
            public sealed class Open;
            public enum State { Open, Closed }
            public record struct Box<T>(T Value);
            """);
        var host = await _workspace.OpenAsync();

        var best = (await host.Current.FindSymbolsAsync(query, 5, _cancellation))[0];

        Assert.Equal((expected, "App", _workspace.At("App/Shop.cs")), (best.Name, best.Project, best.Path));
        Assert.InRange(best.Score, 0.4, 1);
        var line = (await File.ReadAllLinesAsync(best.Path, _cancellation))[best.Range.Start.Line];
        Assert.Contains(line[best.Range.Start.Character..best.Range.End.Character], best.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nothing_resembles_is_not_found()
    {
        var host = await OpenAppAsync();
        Assert.Empty(await host.Current.FindSymbolsAsync("Xylophone", 5, _cancellation));
        Assert.Empty(await host.Current.FindSymbolsAsync("?!", 5, _cancellation));
    }

    private async Task<SolutionHost> OpenAppAsync()
    {
        _workspace.WriteProject("App");
        _workspace.Write("App/One.cs", "namespace App; public static class One { public const int Value = 1; }");
        _workspace.Write("App/Two.cs", "namespace App; public static class Two { public const int Value = One.Value; }");
        return await _workspace.OpenAsync();
    }

    private static async Task<string[]> ErrorsAsync(SolutionSnapshot snapshot) =>
        [.. (await TemporaryWorkspace.ProblemsAsync(snapshot, ProblemSeverity.Error)).Select(problem => problem.Split(':')[0])];
}
