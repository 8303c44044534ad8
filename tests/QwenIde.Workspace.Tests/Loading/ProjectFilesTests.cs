namespace QwenIde.Workspace.Tests.Loading;

/// <summary>The model from project files alone: what it gets right without evaluating or restoring anything.</summary>
public sealed class ProjectFilesTests : IAsyncDisposable
{
    private readonly TemporaryWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task Implicit_usings_and_using_items_are_imported()
    {
        _workspace.WriteProject("App", """
            <Using Include="System.Text" />
            <Using Include="System.Math" Static="true" />
            <Using Include="System.Collections.Generic.List&lt;int&gt;" Alias="Numbers" />
            <Using Remove="System.Net.Http" />
            """);
        _workspace.Write("App/Code.cs", """
            namespace App;
            public static class Code
            {
                public static string Text() => new StringBuilder().Append(Max(1, 2)).Append(new Numbers().Sum()).ToString();
                public static object Removed() => new HttpClient();
            }
            """);

        var problems = await ProblemsAsync();

        Assert.Equal("CS0246 Code.cs: The type or namespace name 'HttpClient' could not be found (are you missing a using directive or an assembly reference?)", Assert.Single(problems));
    }

    [Fact]
    public async Task A_web_project_sees_ASPNET_and_its_usings()
    {
        _workspace.Write("Web/Web.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);
        _workspace.Write("Web/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", (ILogger<Program> log) => Results.Ok());
            app.Run();
            """);

        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public async Task The_frameworks_own_generators_run()
    {
        _workspace.WriteProject("App");
        _workspace.Write("App/Code.cs", """
            using System.Text.Json.Serialization;
            using System.Text.RegularExpressions;
            namespace App;
            public sealed record Order(int Id);
            [JsonSerializable(typeof(Order))] public sealed partial class OrderJson : JsonSerializerContext;
            public static partial class Patterns
            {
                [GeneratedRegex("[a-z]+")] public static partial Regex Word();
                public static object Use() => OrderJson.Default.Order;
            }
            """);

        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public async Task The_newest_framework_of_several_is_chosen_with_its_symbols_and_conditions()
    {
        _workspace.Write("Lib/Lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>netstandard2.0;net8.0;net10.0-windows;net10.0;net472</TargetFrameworks>
              </PropertyGroup>
              <PropertyGroup Condition="'$(TargetFramework)' == 'net10.0'"><DefineConstants>$(DefineConstants);CHOSEN</DefineConstants></PropertyGroup>
              <PropertyGroup Condition="$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net8.0')) and '$(TargetFramework)' != 'net8.0'">
                <DefineConstants>$(DefineConstants);MODERN</DefineConstants>
              </PropertyGroup>
            </Project>
            """);
        _workspace.Write("Lib/Code.cs", """
            #if NET10_0 && NET8_0_OR_GREATER && NETCOREAPP3_1_OR_GREATER && CHOSEN && MODERN && DEBUG && TRACE && !NETSTANDARD && !NETFRAMEWORK && !WINDOWS
            #else
            #error wrong symbols
            #endif
            """);

        var host = await _workspace.OpenAsync();

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current));
        var project = Assert.Single(host.Current.Report.Projects);
        Assert.Equal("net10.0", project.TargetFramework);
        Assert.Equal(["netstandard2.0", "net8.0", "net10.0-windows", "net472"], project.OtherFrameworks);
    }

    [Fact]
    public async Task A_framework_without_reference_assemblies_here_is_checked_against_another_and_that_is_said()
    {
        _workspace.WriteProject("Old", properties: "<TargetFramework>net472</TargetFramework><LangVersion>latest</LangVersion>");
        _workspace.Write("Old/Code.cs", """
            #if !NET472 || !NETFRAMEWORK || !NET461_OR_GREATER || NET
            #error wrong symbols
            #endif
            public static class Code { public static string Join() => string.Join(",", new[] { 1 }.Select(n => n)); }
            """);

        var host = await _workspace.OpenAsync(packages: _workspace.At("empty"));

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current));
        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.Contains("Old targets net472", StringComparison.Ordinal)
            && issue.Message.Contains("checked against .NET 10.0 instead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compile_items_are_globbed_removed_and_linked_as_MSBuild_does()
    {
        _workspace.WriteProject("App", """
            <Compile Remove="Old/**;Draft?.cs" />
            <Compile Include="Old\Kept.cs" />
            <Compile Include="../Shared/**/*.cs" Exclude="../Shared/Not/*.cs" LinkBase="Shared" />
            """);
        foreach (var path in (string[])["App/A.cs", "App/Deep/Er/B.cs", "App/Old/Gone.cs", "App/Old/Kept.cs", "App/Draft1.cs", "App/Draft10.cs",
            "App/bin/Debug/X.cs", "App/obj/Y.cs", "App/.hidden/Z.cs", "App/Deep/obj/Kept.cs", "Shared/S.cs", "Shared/Not/N.cs"])
            _workspace.Write(path, "");

        var host = await _workspace.OpenAsync("App/App.csproj");

        Assert.Equal(
            ["App/A.cs", "App/Deep/Er/B.cs", "App/Deep/obj/Kept.cs", "App/Draft10.cs", "App/Old/Kept.cs", "Shared/S.cs"],
            host.Current.Solution.Projects.Single().Documents.Select(document => document.FilePath!)
                .Where(File.Exists).Select(path => Path.GetRelativePath(_workspace.Root, path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Settings_come_from_files_above_the_project()
    {
        _workspace.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>$(NoWarn);CS0219;169</NoWarn>
              </PropertyGroup>
              <PropertyGroup Condition="$(MSBuildProjectName.EndsWith('.Native'))"><AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup>
            </Project>
            """);
        _workspace.Write("src/Directory.Build.props", """
            <Project>
              <Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />
              <ItemGroup><Using Include="System" /></ItemGroup>
            </Project>
            """);
        _workspace.Write("src/App.Native/App.Native.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _workspace.Write("src/App.Native/Code.cs", """
            public sealed class Code
            {
                private int _unused;
                public unsafe void Point(int* at) { var silent = 1; Console.WriteLine(*at); }
                public string? Warned(string? text) { string sure = text; return sure; }
            }
            """);

        var host = await _workspace.OpenAsync();

        var problem = Assert.Single((await host.Current.GetProblemsAsync(_workspace.At("src/App.Native/Code.cs"), TestContext.Current.CancellationToken))
            .Where(problem => problem.Severity >= ProblemSeverity.Warning));
        Assert.Equal(("CS8600", ProblemSeverity.Error), (problem.Id, problem.Severity));
    }

    [Theory]
    [InlineData("InternalsVisibleTo")]
    [InlineData("InternalsVisibleToProject")] // a repository's own kind, which a target turns into the SDK's
    public async Task References_between_projects_reach_further_and_friends_see_internals(string item)
    {
        _workspace.WriteProject("Base", $"""<{item} Include="Top" />""");
        _workspace.Write("Base/Thing.cs", "namespace Base; internal sealed class Thing { public int Size => 1; }");
        _workspace.WriteProject("Middle", """<ProjectReference Include="..\Base\Base.csproj" />""");
        _workspace.Write("Middle/Properties/AssemblyInfo.cs",
            """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Top, PublicKey=0024000004800000940000000602000000240000")]""");
        _workspace.Write("Middle/Handle.cs", "namespace Middle; internal static class Handle { internal const int Value = 2; }");
        _workspace.WriteProject("Top", """<ProjectReference Include="../Middle/Middle.csproj" />""");
        _workspace.Write("Top/Use.cs", "namespace Top; public static class Use { public static int Sum => new Base.Thing().Size + Middle.Handle.Value; }");

        var host = await _workspace.OpenAsync();

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current, ProblemSeverity.Error));
        Assert.Equal(["Middle"], host.Current.Report.Projects.Single(project => project.Name == "Top").References);
    }

    [Fact]
    public async Task A_project_that_nobody_listed_is_opened_if_one_that_is_needs_it()
    {
        _workspace.WriteProject("Lib");
        _workspace.Write("Lib/Thing.cs", "namespace Lib; public sealed class Thing;");
        _workspace.WriteProject("App", """<ProjectReference Include="../Lib/Lib.csproj" />""");
        _workspace.Write("App/Use.cs", "namespace App; public static class Use { public static Lib.Thing Make() => new(); }");

        var host = await _workspace.OpenAsync("App/App.csproj");

        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current));
        Assert.Equal(["App", "Lib"], host.Current.Report.Projects.Select(project => project.Name));
    }

    [Fact]
    public async Task A_circle_of_references_is_cut_and_named()
    {
        _workspace.WriteProject("A", """<ProjectReference Include="../B/B.csproj" />""");
        _workspace.Write("A/A.cs", "public class A { public B? Other; }");
        _workspace.WriteProject("B", """<ProjectReference Include="../A/A.csproj" />""");
        _workspace.Write("B/B.cs", "public class B;");

        var host = await _workspace.OpenAsync();

        Assert.Contains(host.Current.Report.Issues, issue => issue.Message.Contains("reference each other in a circle", StringComparison.Ordinal));
        Assert.Empty(await TemporaryWorkspace.ProblemsAsync(host.Current, ProblemSeverity.Error));
    }

    [Fact]
    public async Task A_test_project_needs_no_entry_point_of_its_own()
    {
        _workspace.WriteProject("Tests", """<PackageReference Include="xunit.v3" Version="3.2.2" />""",
            "<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>");
        _workspace.Write("Tests/One.cs", "namespace Tests; public sealed class One;");

        Assert.Empty(await ProblemsAsync());
    }

    private async Task<string[]> ProblemsAsync() => await TemporaryWorkspace.ProblemsAsync((await _workspace.OpenAsync()).Current);
}
