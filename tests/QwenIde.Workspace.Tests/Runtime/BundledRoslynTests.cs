using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QwenIde.Workspace.Tests.Loading;

namespace QwenIde.Workspace.Tests.Runtime;

/// <summary>A process can run on one Roslyn only, so the fallback is tested in another one: this assembly, run again.</summary>
[Collection(Processes.Name)]
public sealed class BundledRoslynTests
{
    [Fact]
    public async Task Without_an_SDK_the_bundled_Roslyn_does_the_work()
    {
        var empty = Directory.CreateTempSubdirectory("qwenide-no-sdk-");
        try
        {
            var start = new ProcessStartInfo(
                Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "dotnet"),
                ["exec", typeof(BundledRoslynTests).Assembly.Location, "-class", typeof(OnTheBundledRoslyn).FullName!, "-explicit", "only", "-noColor"])
            {
                WorkingDirectory = empty.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment[TestRoslyn.DotNetRootVariable] = empty.FullName;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, output);
            Assert.Contains("Total: 3, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}

/// <summary>Runs in the other process, where no SDK is found.</summary>
public sealed class OnTheBundledRoslyn : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact(Explicit = true)]
    public void Every_assembly_comes_from_the_one_folder()
    {
        Assert.Equal("bundled", RoslynRuntime.Loaded.Description);
        foreach (var type in (Type[])[typeof(Compilation), typeof(CSharpCompilation), typeof(Solution)])
            Assert.Equal(RoslynRuntime.Loaded.Folders, [Path.GetDirectoryName(type.Assembly.Location)!]);
        Assert.Single(((Type[])[typeof(Compilation), typeof(CSharpCompilation), typeof(Solution)]).Select(type => type.Assembly.GetName().Version).Distinct());
    }

    [Fact(Explicit = true)]
    public async Task Diagnostics_are_right_and_the_lack_is_named()
    {
        _workspace.WriteProject("App");
        _workspace.Write("App/Code.cs", "namespace App; public static class Code { public static int Value => Enumerable.Range(0, 3).Sum() + nothing; }");

        var host = await _workspace.OpenAsync(trusted: true, full: true);
        await host.FullModel;

        Assert.Equal(["CS0103 Code.cs: The name 'nothing' does not exist in the current context"], await TemporaryWorkspace.ProblemsAsync(host.Current));
        Assert.EndsWith("(bundled)", host.Current.Report.Roslyn, StringComparison.Ordinal);
        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.StartsWith("No .NET SDK of version 10 or later was found", StringComparison.Ordinal));
        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.StartsWith("MSBuild is not started, for no .NET SDK", StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task Repairs_are_found_without_the_SDKs_fixers()
    {
        _workspace.WriteProject("App");
        const string Text = "namespace App; public static class Code { public static object Make() => new StringBuilder(); }";
        var path = _workspace.Write("App/Code.cs", Text);
        var host = await _workspace.OpenAsync();
        var at = new TextPosition(0, Text.IndexOf("StringBuilder", StringComparison.Ordinal));

        var repairs = await host.Current.GetRepairsAsync(path, new TextRange(at, at), TestContext.Current.CancellationToken);

        Assert.Contains(repairs, repair => repair.Title.Contains("System.Text", StringComparison.Ordinal));
    }
}
