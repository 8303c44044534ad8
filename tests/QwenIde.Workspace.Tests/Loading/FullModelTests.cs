using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>MSBuild's model, and how it takes over from the one of the project files.</summary>
[Collection(Processes.Name)]
public sealed class FullModelTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task On_a_clean_solution_both_models_say_the_same()
    {
        WriteCleanSolution();
        await Processes.DotNetAsync(_workspace.Outside, "restore", _workspace.At("All.slnx"));

        var host = await _workspace.OpenAsync("All.slnx", trusted: true, full: true);
        var first = host.Current;
        await host.FullModel;
        var full = host.Current;

        Assert.Equal((ModelStage.ProjectFiles, ModelStage.MSBuild), (first.Report.Stage, full.Report.Stage));
        Assert.True(full.Version > first.Version);
        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(first));
        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(full));
        Assert.Empty(full.Report.Issues);
        Assert.Equal(first.Report.Projects.Select(Describe), full.Report.Projects.Select(Describe));
        foreach (var project in full.Solution.Projects)
        {
            var other = first.Solution.GetProject(project.Id)!;
            Assert.Equal(Describe(other), Describe(project));
            Assert.Equal(Names(other.MetadataReferences), Names(project.MetadataReferences));
            Assert.Equal(other.AllProjectReferences.Select(reference => reference.ProjectId).ToHashSet(), project.AllProjectReferences.Select(reference => reference.ProjectId).ToHashSet());
            Assert.Equal(Sources(other), Sources(project));
        }

        static string Names(IEnumerable<MetadataReference> references) => string.Join(' ', references.Select(reference => Path.GetFileName(reference.Display)).Order());

        static string Sources(Project project) => string.Join(' ', project.Documents.Select(document => document.FilePath!)
            .Where(path => File.Exists(path) && !path.Split(Path.DirectorySeparatorChar).Contains("obj")).Order());
    }

    [Fact]
    public async Task Open_buffers_and_changes_made_meanwhile_survive_the_swap()
    {
        WriteCleanSolution();
        var host = await _workspace.OpenAsync("All.slnx", trusted: true, full: true);

        host.SetBuffer(_workspace.At("Lib/Thing.cs"), "namespace Lib; public sealed class Renamed;");
        _workspace.Write("App/New.cs", "namespace App; public static class New { public static Lib.Renamed Make() => new(); }");
        await host.FilesChangedAsync([_workspace.At("App/New.cs")], _cancellation);
        await host.FullModel;

        Assert.Equal(ModelStage.MSBuild, host.Current.Report.Stage);
        Assert.Empty(await host.Current.GetProblemsAsync(_workspace.At("App/New.cs"), _cancellation));
        Assert.NotEmpty(await host.Current.GetProblemsAsync(_workspace.At("App/Program.cs"), _cancellation));
    }

    [Fact]
    public async Task Trust_granted_later_brings_the_full_model()
    {
        WriteCleanSolution();
        var host = await _workspace.OpenAsync("All.slnx", trusted: false, full: true);
        await host.FullModel;
        Assert.Equal(ModelStage.ProjectFiles, host.Current.Report.Stage);

        host.Trust();
        await host.FullModel;

        Assert.Equal(ModelStage.MSBuild, host.Current.Report.Stage);
    }

    [Fact]
    public async Task A_project_that_MSBuild_cannot_load_is_not_lost_and_is_named()
    {
        WriteCleanSolution();
        _workspace.Write("Lib/Lib.csproj", """
            <Project Sdk="No.Such.Sdk/1.0.0">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);

        var host = await _workspace.OpenAsync("All.slnx", trusted: true, full: true);
        await host.FullModel;

        Assert.Equal(["App", "Lib"], host.Current.Report.Projects.Select(project => project.Name).Order());
        Assert.Contains(host.Current.Solution.Projects.Single(project => project.Name == "Lib").Documents, document => document.Name == "Thing.cs");
        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.StartsWith("MSBuild gave no better model of", StringComparison.Ordinal)
            && issue.Message.Contains("Lib", StringComparison.Ordinal));
        Assert.Contains(host.Current.Report.Issues, issue => issue.Path == _workspace.At("Lib/Lib.csproj")
            && issue.Message.StartsWith("MSBuild on Lib.csproj: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_generator_of_the_solution_runs_once_the_workspace_is_trusted_and_nothing_was_built(bool full)
    {
        _workspace.WriteProject("Gen", $"""<Reference Include="Microsoft.CodeAnalysis"><HintPath>{typeof(Compilation).Assembly.Location}</HintPath></Reference>""");
        _workspace.Write("Gen/HelloGenerator.cs", """
            using Microsoft.CodeAnalysis;
            namespace Gen;
            [Generator]
            public sealed class HelloGenerator : IIncrementalGenerator
            {
                public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(
                    static output => output.AddSource("Hello.g.cs", "namespace Generated; public static class Hello { public const int Value = 1; }"));
            }
            """);
        _workspace.WriteProject("App", """<ProjectReference Include="../Gen/Gen.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""");
        _workspace.Write("App/Use.cs", "namespace App; public static class Use { public const int Value = Generated.Hello.Value; }");

        var untrusted = await _workspace.OpenAsync("App/App.csproj");
        var trusted = await _workspace.OpenAsync("App/App.csproj", trusted: true, full: full);
        await trusted.FullModel;

        Assert.Contains(await TemporaryWorkspace.ProblemsAsync(untrusted.Current), problem => problem.StartsWith("CS0400 Use.cs", StringComparison.Ordinal)
            || problem.StartsWith("CS0103 Use.cs", StringComparison.Ordinal));
        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(trusted.Current));
        Assert.Equal(full ? ModelStage.MSBuild : ModelStage.ProjectFiles, trusted.Current.Report.Stage);
        Assert.Empty(Directory.EnumerateFiles(_workspace.Root, "*.dll", SearchOption.AllDirectories));
        Assert.All(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "Gen"),
            assembly => Assert.Empty(assembly.Location));
    }

    [Fact]
    public async Task A_generator_that_does_not_compile_is_named()
    {
        _workspace.WriteProject("Gen");
        _workspace.Write("Gen/Broken.cs", "namespace Gen; public sealed class Broken : Nothing;");
        _workspace.WriteProject("App", """<ProjectReference Include="../Gen/Gen.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />""");
        _workspace.Write("App/Use.cs", "namespace App;");

        var host = await _workspace.OpenAsync("App/App.csproj", trusted: true);
        await host.FullModel;

        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.StartsWith("The source generator Gen does not compile (CS0246:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_leaves_no_process_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        WriteCleanSolution();
        var before = Processes.Children().Living;

        var finished = await _workspace.OpenAsync("All.slnx", trusted: true, full: true);
        await finished.FullModel;
        Assert.True(await Processes.ReachLivingAsync(before), "MSBuild's process lives on.");

        var interrupted = await _workspace.OpenAsync("All.slnx", trusted: true, full: true);
        await interrupted.DisposeAsync();
        Assert.True(await Processes.ReachLivingAsync(before), "MSBuild's process lives on.");
    }

    private void WriteCleanSolution()
    {
        _workspace.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>""");
        _workspace.Write("Directory.Build.props", """
            <Project><PropertyGroup><Nullable>enable</Nullable><NoWarn>$(NoWarn);CS1591;0219</NoWarn><WarningsAsErrors>CS8600;nullable</WarningsAsErrors></PropertyGroup></Project>
            """);
        _workspace.WriteProject("Lib", """<InternalsVisibleTo Include="App" /><Compile Remove="Drafts/**" />""",
            "<TargetFramework>net10.0</TargetFramework><AllowUnsafeBlocks>true</AllowUnsafeBlocks><GenerateDocumentationFile>true</GenerateDocumentationFile><RootNamespace>Lib.Core</RootNamespace>");
        _workspace.Write("Lib/Thing.cs", "namespace Lib; public sealed class Thing { internal int Size => 1; }");
        _workspace.Write("Lib/Drafts/Not.cs", "nonsense");
        _workspace.WriteProject("App", """
            <ProjectReference Include="../Lib/Lib.csproj" />
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Using Include="Lib" />
            """, "<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><DefineConstants>$(DefineConstants);EXTRA</DefineConstants><LangVersion>13</LangVersion>");
        _workspace.Write("App/Program.cs", """
            #if !EXTRA || !DEBUG || !NET10_0_OR_GREATER
            #error wrong symbols
            #endif
            using System.Text.RegularExpressions;
            Console.WriteLine(new Thing().Size + Patterns.Word().ToString());
            internal static partial class Patterns { [GeneratedRegex("[a-z]+")] internal static partial Regex Word(); }
            """);
    }

    private static string Describe(ProjectReport report) =>
        $"{report.Name} {report.TargetFramework} {report.Documents} [{string.Join(',', report.References)}] [{string.Join(',', report.MissingPackages)}]";

    private static string Describe(Project project)
    {
        var parse = (CSharpParseOptions)project.ParseOptions!;
        var compile = (CSharpCompilationOptions)project.CompilationOptions!;
        return string.Join('\n',
            $"{project.AssemblyName} {project.DefaultNamespace} C# {parse.LanguageVersion} {parse.DocumentationMode}",
            $"{compile.OutputKind} {compile.NullableContextOptions} unsafe {compile.AllowUnsafe} overflow {compile.CheckOverflow} level {compile.WarningLevel} {compile.GeneralDiagnosticOption}",
            string.Join(' ', parse.PreprocessorSymbolNames.Order()),
            string.Join(' ', compile.SpecificDiagnosticOptions.Select(option => $"{option.Key}={option.Value}").Order()));
    }
}
