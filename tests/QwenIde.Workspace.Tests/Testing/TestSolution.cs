using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Tests;

/// <summary>A project of a test: its files are given as (path, text).</summary>
internal sealed record TestProject(string Name, params (string Path, string Text)[] Files)
{
    public ImmutableArray<string> References { get; init; } = [];
}

/// <summary>Solutions in memory, compiled against the installed reference pack.</summary>
internal static class TestSolution
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> Framework = new(() =>
    [
        .. Directory.EnumerateFiles(ReferencePack(), "*.dll").Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static Solution Create(params TestProject[] projects)
    {
        var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        var ids = projects.ToDictionary(project => project.Name, project => ProjectId.CreateNewId(project.Name));
        foreach (var project in projects)
        {
            solution = solution.AddProject(ProjectInfo.Create(
                ids[project.Name],
                VersionStamp.Default,
                project.Name,
                project.Name,
                LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                parseOptions: new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse),
                projectReferences: project.References.Select(name => new ProjectReference(ids[name])),
                metadataReferences: Framework.Value));
            foreach (var (path, text) in project.Files)
                solution = solution.AddDocument(
                    DocumentId.CreateNewId(ids[project.Name]), Path.GetFileName(path), SourceText.From(text), filePath: path);
        }

        return solution;
    }

    /// <summary>The document at a path.</summary>
    public static Document At(this Solution solution, string path) =>
        solution.GetDocument(solution.GetDocumentIdsWithFilePath(path).Single())!;

    /// <summary>A fork in which a text stands instead of another, which must occur once.</summary>
    public static async Task<Solution> ReplaceAsync(this Solution solution, string path, string old, string fresh)
    {
        var text = await solution.At(path).GetTextAsync(TestContext.Current.CancellationToken);
        var at = text.ToString().IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0 && text.ToString().IndexOf(old, at + 1, StringComparison.Ordinal) < 0, $"'{old}' must occur once in {path}");
        return solution.WithDocumentText(solution.At(path).Id, text.Replace(at, old.Length, fresh));
    }

    private static string ReferencePack()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        return Directory.EnumerateDirectories(Path.Combine(root, "packs/Microsoft.NETCore.App.Ref"))
            .SelectMany(version => Directory.EnumerateDirectories(Path.Combine(version, "ref"), "net10.0"))
            .Order()
            .Last();
    }
}
