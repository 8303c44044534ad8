using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>Packages come from the cache, restored or not, and what is not there is named.</summary>
public sealed class PackageTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private string Cache => Path.Combine(_workspace.Outside, "packages");

    [Fact]
    public async Task A_package_is_found_with_what_it_depends_on_though_nothing_was_restored()
    {
        WritePackage("Acme.Core", "1.0.0", "netstandard2.0", "namespace Acme; public class Core;");
        WritePackage("Acme.Tools", "2.1.0", "netstandard2.0", "namespace Acme; public class Tools { public Core? Make() => null; }",
            dependencies: """<group targetFramework=".NETStandard2.0"><dependency id="Acme.Core" version="1.0.0" exclude="Build,Analyzers" /></group>""",
            references: ["Acme.Core"]);
        _workspace.WriteProject("App", """<PackageReference Include="acme.tools" Version="2.1.0" />""");
        _workspace.Write("App/Use.cs", "namespace App; public static class Use { public static Acme.Core? Make() => new Acme.Tools().Make(); }");

        var host = await _workspace.OpenAsync(packages: Cache);

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current));
        Assert.Empty(host.Current.Report.Projects[0].MissingPackages);
    }

    [Fact]
    public async Task A_missing_package_is_named_with_its_central_version_and_the_rest_still_works()
    {
        _workspace.Write("Directory.Packages.props", """
            <Project><ItemGroup><PackageVersion Include="Acme.Nowhere" Version="4.2.0" /></ItemGroup></Project>
            """);
        _workspace.WriteProject("App", """<PackageReference Include="Acme.Nowhere" />""");
        _workspace.Write("App/Use.cs", "namespace App; public static class Use { public static int Size => 1; public static Acme.Gone? X; }");

        var host = await _workspace.OpenAsync(packages: Cache);

        Assert.Equal(["Acme.Nowhere 4.2.0"], host.Current.Report.Projects[0].MissingPackages);
        Assert.Contains(host.Current.Report.Issues, issue => issue is { Severity: ProblemSeverity.Warning, Message:
            "Not in the package cache: Acme.Nowhere 4.2.0. Their types are unknown until 'dotnet restore' has fetched them." });
        Assert.Equal(["CS0246"], (await TemporaryWorkspace.ProblemsAsync(host.Current)).Select(problem => problem[..6]));
    }

    [Theory]
    [InlineData("1.5.0", "V150")]
    [InlineData("[1.5.0]", "V150")]
    [InlineData("1.6.0", "V200")]
    [InlineData("9.0.0", "V200")]
    [InlineData("1.*", "V150")]
    public async Task Of_several_cached_versions_the_nearest_is_taken(string asked, string type)
    {
        WritePackage("Acme", "1.5.0", "net6.0", "public class V150;");
        WritePackage("Acme", "2.0.0", "net8.0", "public class V200;");
        _workspace.WriteProject("App", $"""<PackageReference Include="Acme" Version="{asked}" />""");
        _workspace.Write("App/Use.cs", $"public static class Use {{ public static {type} Make() => new(); }}");

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync((await _workspace.OpenAsync(packages: Cache)).Current));
    }

    [Fact]
    public async Task Packages_reach_the_projects_above_unless_they_are_private()
    {
        WritePackage("Open", "1.0.0", "net8.0", "public class Open;");
        WritePackage("Hidden", "1.0.0", "net8.0", "public class Hidden;");
        _workspace.WriteProject("Lib", """
            <PackageReference Include="Open" Version="1.0.0" />
            <PackageReference Include="Hidden" Version="1.0.0" PrivateAssets="all" />
            """);
        _workspace.Write("Lib/Lib.cs", "public class Lib { public Open? A { get; } internal Hidden? B { get; } }");
        _workspace.WriteProject("App", """<ProjectReference Include="../Lib/Lib.csproj" />""");
        _workspace.Write("App/App.cs", "public class App { public Open? A { get; } public Hidden? B { get; } }");

        var problems = await TemporaryWorkspace.ProblemsAsync((await _workspace.OpenAsync(packages: Cache)).Current);

        Assert.StartsWith("CS0246 App.cs", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_restore_chose_settles_the_version()
    {
        WritePackage("Acme", "1.0.0", "net8.0", "public class V100;");
        WritePackage("Acme", "1.1.0", "net8.0", "public class V110;");
        _workspace.WriteProject("App", """<PackageReference Include="Acme" Version="1.0.0" />""");
        _workspace.Write("App/obj/project.assets.json", """
            { "version": 3, "targets": { "net10.0": { "Acme/1.1.0": { "type": "package", "compile": { "lib/net8.0/Acme.dll": {} } } } } }
            """);
        _workspace.Write("App/Use.cs", "public static class Use { public static V110 Make() => new(); }");

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync((await _workspace.OpenAsync(packages: Cache)).Current));
    }

    [Theory]
    [InlineData("..", "..")]
    [InlineData("../outside", "1.0.0")]
    [InlineData("/etc", "1.0.0")]
    public async Task A_package_name_leads_nowhere_but_into_the_cache(string name, string version)
    {
        Directory.CreateDirectory(Cache);
        Emit(Path.Combine(_workspace.Outside, "outside", "1.0.0", "lib", "net8.0", "Evil.dll"), "public class Evil;", []);
        _workspace.WriteProject("App", $"""<PackageReference Include="{name}" Version="{version}" />""");
        _workspace.Write("App/obj/project.assets.json", $$"""
            { "version": 3, "packageFolders": { "{{_workspace.Outside}}": {} },
              "targets": { "net10.0": { "{{name}}/{{version}}": { "type": "package", "compile": { "../../outside/1.0.0/lib/net8.0/Evil.dll": {} } } } } }
            """);
        _workspace.Write("App/Use.cs", "public class Use;");

        var host = await _workspace.OpenAsync(packages: Cache);

        Assert.DoesNotContain(host.Current.Solution.Projects.Single().MetadataReferences,
            reference => reference.Display!.Contains("Evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"targets\":{\"net10.0\":3}}")]
    public async Task A_damaged_assets_file_counts_as_none(string json)
    {
        WritePackage("Acme", "1.0.0", "net8.0", "public class Acme;");
        _workspace.WriteProject("App", """<PackageReference Include="Acme" Version="1.0.0" />""");
        _workspace.Write("App/obj/project.assets.json", json);
        _workspace.Write("App/Use.cs", "public class Use : Acme;");

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync((await _workspace.OpenAsync(packages: Cache)).Current));
    }

    private void WritePackage(
        string name, string version, string framework, string source, string dependencies = "", params string[] references)
    {
        var folder = Path.Combine(Cache, name.ToLowerInvariant(), version);
        Emit(Path.Combine(folder, "lib", framework, name + ".dll"), source,
            references.Select(other => Directory.EnumerateFiles(Path.Combine(Cache, other.ToLowerInvariant()), other + ".dll", SearchOption.AllDirectories).Single()));
        File.WriteAllText(Path.Combine(folder, name.ToLowerInvariant() + ".nuspec"),
            $"<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata><id>{name}</id><version>{version}</version><dependencies>{dependencies}</dependencies></metadata></package>");
    }

    private static string FrameworkFolder() => Directory.EnumerateDirectories(
            Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "packs", "Microsoft.NETCore.App.Ref"))
        .Select(version => Path.Combine(version, "ref", "net10.0")).First(Directory.Exists);

    private static void Emit(string path, string source, IEnumerable<string> references)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var result = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(source)],
            references.Concat(Directory.EnumerateFiles(FrameworkFolder(), "System.Runtime.dll")).Select(reference => MetadataReference.CreateFromFile(reference)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
