using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QwenIde.Workspace.Loading.References;
using QwenIde.Workspace.Tests.Loading;

namespace QwenIde.Workspace.Tests.Runtime;

public sealed class RoslynLocationTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public void The_running_Roslyn_is_the_SDKs_own()
    {
        Assert.StartsWith("SDK ", RoslynRuntime.Loaded.Description, StringComparison.Ordinal);
        Assert.StartsWith(RoslynRuntime.Loaded.SdkDirectory!, typeof(CSharpCompilation).Assembly.Location, StringComparison.Ordinal);
        Assert.StartsWith(RoslynRuntime.Loaded.SdkDirectory!, typeof(Solution).Assembly.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_Roslyns_do_not_mix_in_one_process() =>
        Assert.Throws<InvalidOperationException>(() => RoslynRuntime.Load(RoslynRuntime.Loaded));

    [Theory]
    [InlineData("9.0.300", null)]
    [InlineData("10.0.100", "10.0.100")]
    [InlineData("9.0.300 10.0.100 10.0.401", "10.0.401")]
    [InlineData("10.0.401 11.0.100-preview.2 11.0.100-preview.10", "11.0.100-preview.10")]
    [InlineData("11.0.100-preview.2 11.0.100", "11.0.100")]
    [InlineData("10.0.99 10.0.100 junk", "10.0.100")]
    public void The_newest_complete_SDK_of_version_10_or_later_is_taken(string installed, string? expected)
    {
        foreach (var version in installed.Split(' '))
        {
            _workspace.Write($"sdk/{version}/Roslyn/bincore/Microsoft.CodeAnalysis.CSharp.dll", "");
            _workspace.Write($"sdk/{version}/DotnetTools/dotnet-format/Microsoft.CodeAnalysis.CSharp.Workspaces.dll", "");
        }

        _workspace.Write("sdk/99.0.100/dotnet.dll", ""); // of another layout, so of no use

        var location = RoslynLocation.Find(_workspace.Root, "bundle");

        Assert.Equal(expected is null ? "bundled" : $"SDK {expected}", location.Description);
        Assert.Equal(expected is null ? null : _workspace.At($"sdk/{expected}"), location.SdkDirectory);
        Assert.Equal(expected is null ? 1 : 3, location.Folders.Count);
    }

    [Fact]
    public void Without_reference_packs_the_runtimes_own_assemblies_serve()
    {
        Directory.CreateSymbolicLink(_workspace.At("shared"), Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "shared"));
        _workspace.WriteProject("App");
        var frameworks = new FrameworkReferences(RoslynLocation.Find(_workspace.Root, "bundle"), _workspace.At("packages"));

        var project = new QwenIde.Workspace.Loading.ProjectFiles.ProjectFileReader(new(_workspace.Root, isTrusted: false)).Read(_workspace.At("App/App.csproj"), [])!;
        var found = frameworks.Resolve(project, []);

        Assert.Contains(found.Assemblies, path => Path.GetFileName(path) == "System.Private.CoreLib.dll");
        Assert.StartsWith("the installed runtime 10.", found.StandIn, StringComparison.Ordinal);
        Assert.Empty(CSharpCompilation.Create("Check",
            [CSharpSyntaxTree.ParseText("using System.Linq; public static class Code { public static int Sum => Enumerable.Range(0, 3).Sum(); }", cancellationToken: TestContext.Current.CancellationToken)],
            found.Assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
