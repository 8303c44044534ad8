using System.Collections.Immutable;

namespace QwenIde.Workspace;

/// <summary>How a model came about.</summary>
public enum ModelStage
{
    /// <summary>From the project files' XML alone: nothing evaluated, nothing executed.</summary>
    ProjectFiles,
    /// <summary>From MSBuild's design-time build.</summary>
    MSBuild,
}

/// <summary>What was loaded, and what is missing, by name.</summary>
/// <param name="Target">The absolute path that was opened: a solution, a project or a folder.</param>
/// <param name="Stage">Where the model comes from.</param>
/// <param name="Roslyn">Which Roslyn runs, as <c>5.9.0 (SDK 10.0.401)</c>.</param>
/// <param name="Projects">The loaded projects, in the solution's order.</param>
/// <param name="Issues">What is missing or was skipped, each in one clear sentence.</param>
public sealed record LoadReport(
    string Target,
    ModelStage Stage,
    string Roslyn,
    ImmutableArray<ProjectReport> Projects,
    ImmutableArray<LoadIssue> Issues);

/// <summary>A loaded project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The absolute path of its project file.</param>
/// <param name="TargetFramework">The framework that was chosen.</param>
/// <param name="OtherFrameworks">The frameworks that were left aside.</param>
/// <param name="Documents">The number of source files.</param>
/// <param name="References">Names of the projects that it references.</param>
/// <param name="MissingPackages">Packages that are not restored, as <c>Name Version</c>.</param>
public sealed record ProjectReport(
    string Name,
    string Path,
    string TargetFramework,
    ImmutableArray<string> OtherFrameworks,
    int Documents,
    ImmutableArray<string> References,
    ImmutableArray<string> MissingPackages);

/// <summary>Something that the user should know about the load.</summary>
/// <param name="Severity">How grave.</param>
/// <param name="Message">What, where, what to do, in one sentence.</param>
/// <param name="Path">The file concerned, if one is.</param>
public sealed record LoadIssue(ProblemSeverity Severity, string Message, string? Path = null);
