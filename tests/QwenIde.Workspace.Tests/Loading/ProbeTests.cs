namespace QwenIde.Workspace.Tests.Loading;

public sealed class ProbeTests
{
    [Fact]
    public async Task Probe()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Environment.CurrentDirectory = "/tmp";
        var path = Environment.GetEnvironmentVariable("PROBE") ?? "/work/wt-loading/samples/Shop";
        var trusted = Environment.GetEnvironmentVariable("TRUST") == "1";
        await using var host = await SolutionHost.OpenAsync(path, new WorkspaceOptions(trusted, trusted, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance), new Progress<LoadProgress>(p => { }), cancellation);
        Console.WriteLine($"open {watch.ElapsedMilliseconds} ms");
        for (var i = 0; i < 2; i++)
        {
        Console.WriteLine($"v{host.Current.Version} {host.Current.Report.Stage}");
        foreach (var p in host.Current.Report.Projects) Console.WriteLine($"{p.Name} {p.TargetFramework} {p.Documents} refs {string.Join(',', p.References)} missing {string.Join(',', p.MissingPackages)} metadata {host.Current.Solution.Projects.First(x=>x.Name==p.Name).MetadataReferences.Count}");
        foreach (var p in host.Current.Report.Issues) Console.WriteLine(p.Message);
        var problems = await TemporaryWorkspace.ProblemsAsync(host.Current, ProblemSeverity.Error);
        foreach (var p in problems.GroupBy(p => p[..6])) Console.WriteLine($"{p.Key} {p.Count()} {p.First()}");
        Console.WriteLine($"check {watch.ElapsedMilliseconds} ms, {Environment.WorkingSet / 1024 / 1024} MB, cpu {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime}");
        if (!trusted) break;
        await host.FullModel;
        Console.WriteLine($"full {watch.ElapsedMilliseconds} ms");
        }
    }
}
