using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>
/// Repositories that execute code when a project is evaluated, a .NET command runs inside, or an analyzer is loaded. Each is
/// first proved to work with the ordinary command; then every way into the workspace is taken.
/// </summary>
[Collection(Processes.Name)]
public sealed class AttackTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public AttackTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The proof that no process was started reads /proc.");

    private string Marker => Path.Combine(_workspace.Outside, "marker.txt");

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task Targets_and_property_functions_of_a_project_do_not_run()
    {
        File.WriteAllText(Path.Combine(_workspace.Outside, "secret.txt"), "SECRET_OUTSIDE");
        _workspace.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk" InitialTargets="First">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <DefineConstants>$(DefineConstants);$([System.IO.File]::ReadAllText('{_workspace.Outside}/secret.txt'))</DefineConstants>
              </PropertyGroup>
              <Target Name="First"><Exec Command="echo first &gt;&gt; '{Marker}'" /></Target>
              <Target Name="Second" BeforeTargets="ResolveAssemblyReferences;CollectPackageReferences"><Exec Command="echo second &gt;&gt; '{Marker}'" /></Target>
            </Project>
            """);
        _workspace.Write("App/Code.cs", "public static class Code;");
        await ProveAsync("App", "restore");

        var host = await DriveEveryEntryAsync("App/App.csproj");

        Assert.DoesNotContain("SECRET_OUTSIDE", host.Current.Solution.Projects.Single().ParseOptions!.PreprocessorSymbolNames);
    }

    [Fact]
    public async Task An_SDK_that_globaljson_smuggles_in_does_not_run_even_in_a_trusted_workspace()
    {
        _workspace.WriteProject("App");
        _workspace.Write("App/Code.cs", "public static class Code;");
        _workspace.Write("global.json", """{"sdk":{"paths":[".evil","$host$"],"version":"10.0.100","rollForward":"latestFeature"}}""");
        Emit(_workspace.At(".evil/sdk/10.0.999/dotnet.dll"), OutputKind.ConsoleApplication,
            $$"""System.IO.File.AppendAllText(@"{{Marker}}", "evil");""");
        var runtime = Path.GetFileName(Path.GetDirectoryName(typeof(object).Assembly.Location))!;
        _workspace.Write(".evil/sdk/10.0.999/dotnet.runtimeconfig.json",
            $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{runtime}}" } } }""");
        // The host then looks for runtimes there as well; without one the attack would fail for the wrong reason.
        Directory.CreateSymbolicLink(_workspace.At(".evil/shared"), Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "shared"));
        await ProveAsync(".", "--version");

        await DriveEveryEntryAsync("App/App.csproj");
        var trusted = await _workspace.OpenAsync("App/App.csproj", trusted: true, full: true);
        await trusted.FullModel;

        Assert.False(File.Exists(Marker));
        Assert.Equal(ModelStage.ProjectFiles, trusted.Current.Report.Stage);
        Assert.Contains(trusted.Current.Report.Issues, issue => issue.Path == _workspace.At("global.json")
            && issue.Message.Contains("names SDKs of its own (sdk.paths: [\".evil\",\"$host$\"])", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_analyzer_that_lies_in_the_repository_is_never_loaded_into_this_process()
    {
        _workspace.WriteProject("App", """<Analyzer Include="lib/gen.dll" />""");
        _workspace.Write("App/Code.cs", "public static class Code;");
        Emit(_workspace.At("App/lib/gen.dll"), OutputKind.DynamicallyLinkedLibrary, $$"""
            [Microsoft.CodeAnalysis.Generator]
            public sealed class Gen : Microsoft.CodeAnalysis.IIncrementalGenerator
            {
                public void Initialize(Microsoft.CodeAnalysis.IncrementalGeneratorInitializationContext context) =>
                    System.IO.File.AppendAllText(@"{{Marker}}", "evil");
            }
            """);
        await ProveAsync("App", "build", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        await DriveEveryEntryAsync("App/App.csproj");
        var trusted = await _workspace.OpenAsync("App/App.csproj", trusted: true, full: true);
        await trusted.FullModel;
        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(trusted.Current));

        Assert.Equal(ModelStage.MSBuild, trusted.Current.Report.Stage);
        Assert.False(File.Exists(Marker));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "gen");
        Assert.Contains(trusted.Current.Report.Issues, issue => issue.Message.Contains("gen.dll, an analyzer of App, is not loaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_leads_outside_of_an_untrusted_folder_is_named_and_not_read()
    {
        File.WriteAllText(Path.Combine(_workspace.Outside, "Directory.Build.props"),
            "<Project><PropertyGroup><DefineConstants>FROM_ABOVE</DefineConstants></PropertyGroup></Project>");
        Directory.CreateDirectory(Path.Combine(_workspace.Outside, "Other"));
        File.WriteAllText(Path.Combine(_workspace.Outside, "Other", "Other.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        File.WriteAllText(Path.Combine(_workspace.Outside, "Other", "Secret.cs"), "public static class Secret;");
        _workspace.WriteProject("App", """
            <ProjectReference Include="../../Other/Other.csproj" />
            <Compile Include="../../Other/Secret.cs" />
            <Compile Include="Link/Linked.cs" />
            <Reference Include="../../Other/Other.dll" />
            """);
        File.WriteAllText(Path.Combine(_workspace.Outside, "Other", "Linked.cs"), "public static class Linked;");
        Directory.CreateSymbolicLink(_workspace.At("App/Link"), Path.Combine(_workspace.Outside, "Other"));
        _workspace.Write("App/Code.cs", "public static class Code;");

        var untrusted = await _workspace.OpenAsync("App/App.csproj");
        var trusted = await _workspace.OpenAsync("App/App.csproj", trusted: true);

        Assert.Equal(["Code.cs"], Sources(untrusted));
        Assert.Equal(["App"], untrusted.Current.Report.Projects.Select(project => project.Name));
        Assert.DoesNotContain("FROM_ABOVE", untrusted.Current.Solution.Projects.Single().ParseOptions!.PreprocessorSymbolNames);
        foreach (var name in (string[])["Other.csproj", "Secret.cs", "Linked.cs"])
            Assert.Contains(untrusted.Current.Report.Issues, issue => issue.Message.Contains(name, StringComparison.Ordinal)
                && issue.Message.Contains("until the workspace is trusted", StringComparison.Ordinal));

        Assert.Equal(["Code.cs", "Linked.cs", "Secret.cs"], Sources(trusted).Intersect(["Code.cs", "Linked.cs", "Secret.cs"]).Order());
        Assert.Equal(["App", "Other"], trusted.Current.Report.Projects.Select(project => project.Name));
    }

    [Theory]
    [InlineData("""<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><A>&x;</A></PropertyGroup></Project>""")]
    [InlineData("""<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><A>&b;</A></PropertyGroup></Project>""")]
    public async Task A_project_with_a_document_type_is_refused(string text)
    {
        _workspace.Write("App.csproj", text);

        var refusal = await Assert.ThrowsAsync<WorkspaceLoadException>(() => _workspace.OpenAsync("App.csproj"));

        Assert.Contains("App.csproj is left out, for it is broken: For security reasons DTD is prohibited", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_cannot_be_smuggled_in_through_names_in_a_project_file()
    {
        _workspace.WriteProject("App", """
            <Using Include="System; public static class Injected" />
            <Using Include="System { } class Injected2" />
            <InternalsVisibleTo Include="x&quot;)] public class Injected3 { } //" />
            """);
        _workspace.Write("App/Code.cs", "public static class Code;");

        var host = await _workspace.OpenAsync();

        var compilation = await host.Current.Solution.Projects.Single().GetCompilationAsync(_cancellation);
        Assert.Equal(["Code"], compilation!.Assembly.GlobalNamespace.GetTypeMembers().Select(type => type.Name));
    }

    private static string[] Sources(SolutionHost host) =>
        [.. host.Current.Solution.Projects.SelectMany(project => project.Documents).Select(document => document.Name).Where(name => !name.EndsWith(".g.cs", StringComparison.Ordinal)).Order()];

    /// <summary>Shows that the fixture does what it is meant to when an ordinary command runs inside.</summary>
    private async Task ProveAsync(string folder, params string[] command)
    {
        var output = await Processes.DotNetAsync(_workspace.At(folder), command);
        Assert.True(File.Exists(Marker), $"The fixture does not work, so its test would prove nothing:\n{output}");
        File.Delete(Marker);
    }

    /// <summary>Opens untrusted and asks for everything that can be asked, and changes everything that can be changed.</summary>
    private async Task<SolutionHost> DriveEveryEntryAsync(string target)
    {
        var before = Processes.Children();
        var host = await _workspace.OpenAsync(target, trusted: false, full: true);
        var code = _workspace.At("App/Code.cs");
        host.SetBuffer(code, "public static class Code { public static int Broken => nothing; }");
        var snapshot = await host.FilesChangedAsync([code, _workspace.At(target), _workspace.At("global.json")], _cancellation);
        await host.FullModel;
        snapshot = host.Current;
        var problem = Assert.Single(await snapshot.GetProblemsAsync(code, _cancellation), problem => problem.Severity == ProblemSeverity.Error);
        Assert.NotEmpty(await TemporaryWorkspace.ProblemsAsync(snapshot));
        await snapshot.GetRepairsAsync(code, problem.Range, _cancellation);
        await snapshot.FindSymbolsAsync("Code", 5, _cancellation);
        await snapshot.SpeculateAsync(
            new ChangeSet(snapshot.Version, [new FileEdit(code, [new TextEdit(problem.Range, "1")])]), CheckScope.Dependents, _cancellation);
        host.CloseBuffer(code);

        Assert.Equal(before, Processes.Children());
        Assert.False(File.Exists(Marker));
        Assert.Equal(ModelStage.ProjectFiles, host.Current.Report.Stage);
        return host;
    }

    private static void Emit(string path, OutputKind kind, string source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var pack = Directory.EnumerateDirectories(Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "packs", "Microsoft.NETCore.App.Ref"))
            .Select(version => Path.Combine(version, "ref", "net10.0")).First(Directory.Exists);
        string[] references =
        [
            .. Directory.EnumerateFiles(pack, "*.dll"), typeof(Compilation).Assembly.Location,
        ];
        var result = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(source)],
            references.Select(reference => MetadataReference.CreateFromFile(reference)), new CSharpCompilationOptions(kind)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
