using System.Collections.Immutable;
using QwenIde.Workspace.Loading.Building;

namespace QwenIde.Workspace.Loading;

/// <summary>A model of a workspace, not yet in Roslyn's hands.</summary>
/// <param name="Target">What was opened.</param>
/// <param name="Stage">Where it comes from.</param>
/// <param name="Projects">The projects, in the solution's order.</param>
/// <param name="Graph">How they hang together.</param>
/// <param name="Issues">What is missing or was skipped.</param>
internal sealed record LoadedModel(
    LoadTarget Target, ModelStage Stage, ImmutableArray<LoadedProject> Projects, ProjectGraph Graph, ImmutableArray<LoadIssue> Issues)
{
    /// <summary>Files that shape the projects of a folder whether or not one of them mentions the file.</summary>
    private static readonly ImmutableHashSet<string> _inputNames = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", ".globalconfig",
        "global.json", "project.assets.json");

    /// <summary>Whether a change of this file may change the model itself, and not only a text.</summary>
    public bool IsInput(string path) =>
        _inputNames.Contains(Path.GetFileName(path))
        || Path.GetExtension(path).ToLowerInvariant() is ".csproj" or ".sln" or ".slnx" or ".props" or ".targets"
        || Projects.Any(project => project.Description.Inputs.Contains(path, PathNames.Comparer));

    /// <summary>Whether some project is run by the compiler while it compiles another.</summary>
    public bool HasGenerators => Projects.Any(project => project.Description.Projects.Any(link => link.IsGenerator));

    /// <summary>What people are told about it.</summary>
    public LoadReport ToReport(LoadContext context) => new(
        Target.Path,
        Stage,
        $"{RoslynVersion} ({context.Roslyn.Description})",
        [.. Projects.Select(project => project.Report)],
        Issues);

    private static string RoslynVersion { get; } =
        typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version!.ToString(fieldCount: 3);
}
