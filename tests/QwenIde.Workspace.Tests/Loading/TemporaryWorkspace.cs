using Microsoft.Extensions.Logging.Abstractions;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>A folder of files that a test writes and opens; it goes when the test ends.</summary>
public sealed class TemporaryWorkspace : IAsyncDisposable
{
    private readonly List<SolutionHost> _hosts = [];

    public TemporaryWorkspace(string name = "workspace")
    {
        // Below a folder of its own, so that "outside of the workspace" is something a test can write to as well.
        Outside = Directory.CreateTempSubdirectory("qwenide-").FullName;
        Root = Path.Combine(Outside, name);
        Directory.CreateDirectory(Root);
    }

    /// <summary>The folder around the workspace.</summary>
    public string Outside { get; }

    /// <summary>The workspace.</summary>
    public string Root { get; }

    /// <summary>The absolute path of a file.</summary>
    public string At(string path) => Path.GetFullPath(path, Root);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return At(path);
    }

    /// <summary>Writes a library in a folder of its name, with implicit usings and nullable on.</summary>
    public string WriteProject(string name, string items = "", string properties = "<TargetFramework>net10.0</TargetFramework>") =>
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {properties}
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);

    /// <summary>Opens what lies in the workspace from its project files alone, as untrusted unless told otherwise.</summary>
    public async Task<SolutionHost> OpenAsync(string path = ".", bool trusted = false, bool full = false, string? packages = null)
    {
        var host = await SolutionHost.OpenAsync(
            At(path),
            new WorkspaceOptions(trusted, full, NullLogger.Instance) { Root = Root, PackagesFolder = packages },
            progress: null,
            TestContext.Current.CancellationToken);
        _hosts.Add(host);
        return host;
    }

    /// <summary>The identifiers of all errors and warnings, each with its file's name, in order.</summary>
    public static async Task<string[]> ProblemsAsync(SolutionSnapshot snapshot, ProblemSeverity least = ProblemSeverity.Warning)
    {
        var problems = new List<string>();
        await foreach (var project in snapshot.GetAllProblemsAsync(TestContext.Current.CancellationToken))
            problems.AddRange(project.Problems.Where(problem => problem.Severity >= least)
                .Select(problem => $"{problem.Id} {Path.GetFileName(problem.Path)}: {problem.Message}"));
        return [.. problems.Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        Directory.Delete(Outside, recursive: true);
    }
}
