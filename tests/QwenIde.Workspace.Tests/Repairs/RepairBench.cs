using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using QwenIde.Workspace.Checking;
using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace.Tests.Repairs;

/// <summary>Real solutions in memory: the SDK's Roslyn, its reference pack, its code fixers.</summary>
public sealed class RepairBench : IAsyncLifetime
{
    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse);

    internal RoslynHost Host { get; private set; } = null!;

    internal static ImmutableArray<MetadataReference> Framework { get; } = LoadFramework();

    internal CompilerDiagnostics Diagnostics { get; } = new();

    internal RepairFinder Finder { get; private set; } = null!;

    internal ImmutableArray<IRepairSource> Sources { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await RoslynHost.Shared;
        Sources = RepairSources.All(Host, NullLogger.Instance);
        Finder = NewFinder(Sources);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal RepairFinder NewFinder(ImmutableArray<IRepairSource> sources, ILogger? logger = null) =>
        new(sources, Diagnostics, new SpeculativeCompiler(Diagnostics), logger ?? NullLogger.Instance);

    /// <summary>A solution with one project per entry; a file lies in the project that its path begins with, or in the only one.</summary>
    internal Solution Open(
        ImmutableArray<(string Name, ImmutableArray<string> References)> projects, IReadOnlyDictionary<string, string> files)
    {
        var solution = new AdhocWorkspace(Host.Services).CurrentSolution;
        var ids = projects.ToDictionary(project => project.Name, project => ProjectId.CreateNewId(project.Name));
        foreach (var (name, references) in projects)
        {
            solution = solution.AddProject(ProjectInfo.Create(
                ids[name], VersionStamp.Default, name, name, LanguageNames.CSharp, filePath: $"/cases/{name}/{name}.csproj",
                compilationOptions: Options.WithOutputKind(Kind(files, projects, name)), parseOptions: ParseOptions,
                metadataReferences: Framework, projectReferences: references.Select(reference => new ProjectReference(ids[reference]))));
        }
        foreach (var (path, text) in files)
        {
            var project = ids[projects.Length == 1 ? projects[0].Name : path.Split('/')[0]];
            solution = solution.AddDocument(
                DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(text), filePath: $"/cases/{path}");
        }
        return solution;
    }

    internal Solution Open(string text) => Open([("Case", [])], new Dictionary<string, string> { ["Program.cs"] = text });

    /// <summary>Errors and warnings of every project, compiled from nothing but the texts: what the compiler on disk would say.</summary>
    internal static async Task<IReadOnlyList<Diagnostic>> CompileAsync(Solution solution)
    {
        var compilations = new Dictionary<ProjectId, CSharpCompilation>();
        var found = new List<Diagnostic>();
        foreach (var id in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects())
        {
            var project = solution.GetProject(id)!;
            var trees = new List<SyntaxTree>();
            foreach (var document in project.Documents)
            {
                var text = (await document.GetTextAsync(CancellationToken.None)).ToString();
                trees.Add(CSharpSyntaxTree.ParseText(text, ParseOptions, document.FilePath!));
            }
            compilations[id] = CSharpCompilation.Create(
                project.AssemblyName, trees,
                Framework.Concat(project.ProjectReferences.Select(reference => compilations[reference.ProjectId].ToMetadataReference())),
                (CSharpCompilationOptions)project.CompilationOptions!);
            found.AddRange(compilations[id].GetDiagnostics());
        }
        return found;
    }

    private static OutputKind Kind(
        IReadOnlyDictionary<string, string> files, ImmutableArray<(string Name, ImmutableArray<string>)> projects, string project) =>
        files.Any(file => Path.GetFileName(file.Key) == "Program.cs" && (projects.Length == 1 || file.Key.StartsWith(project + "/", StringComparison.Ordinal))
            && (file.Value.Contains("static void Main(") || file.Value.Contains("static async Task Main(") || file.Value.Contains("static int Main(")))
            ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        var packs = Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "packs", "Microsoft.NETCore.App.Ref");
        var newest = Directory.GetDirectories(packs, "10.*").Order(StringComparer.Ordinal).Last();
        return [.. Directory.GetFiles(Path.Combine(newest, "ref", "net10.0"), "*.dll")
            .Select(file => MetadataReference.CreateFromFile(file))];
    }
}
