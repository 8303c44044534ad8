using System.Collections.Immutable;

namespace QwenIde.Bench.Measuring;

/// <summary>What something took.</summary>
/// <param name="Wall">Milliseconds on the clock.</param>
/// <param name="Cpu">Milliseconds of this process's processors; children not included.</param>
/// <param name="ResidentMegabytes">Resident memory of this process afterwards.</param>
internal sealed record Cost(double Wall, double Cpu, double ResidentMegabytes);

/// <summary>A model and its first diagnostics.</summary>
/// <param name="Load">What the load took.</param>
/// <param name="Projects">How many.</param>
/// <param name="Files">C# files that people wrote.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Diagnostics">What the first diagnostics of all projects took.</param>
/// <param name="Errors">How many errors of each identifier.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Issues">What the load had to say.</param>
internal sealed record ModelResult(
    Cost Load,
    int Projects,
    int Files,
    int Lines,
    Cost Diagnostics,
    ImmutableSortedDictionary<string, int> Errors,
    int Warnings,
    ImmutableArray<string> Issues);

/// <summary>How a planted error ended.</summary>
internal enum PlantOutcome
{
    /// <summary>No repair was offered, or the offered ones left errors.</summary>
    NotRepaired,
    /// <summary>The solution compiles as before, with another text than before.</summary>
    Compiles,
    /// <summary>The text is what it was before, byte for byte.</summary>
    Restored,
}

/// <summary>One planted error.</summary>
/// <param name="Kind">The planter's name.</param>
/// <param name="Place">File, relative to the target's folder, and one-based line.</param>
/// <param name="Change">What was done to the line.</param>
/// <param name="Errors">The identifiers of the errors that came of it.</param>
/// <param name="Outcome">How it ended, taking the best repair offered.</param>
/// <param name="Steps">The titles of the repairs taken.</param>
/// <param name="HadChoice">Some step had no repair that was marked as the best, and the first was taken.</param>
/// <param name="Milliseconds">What each request for repairs took, diagnostics being known.</param>
internal sealed record PlantResult(
    string Kind,
    string Place,
    string Change,
    ImmutableArray<string> Errors,
    PlantOutcome Outcome,
    ImmutableArray<string> Steps,
    bool HadChoice,
    ImmutableArray<double> Milliseconds);

/// <summary>One speculative compile of a one-line change, in milliseconds on the clock.</summary>
/// <param name="Kind"><c>body</c> or <c>signature</c>.</param>
/// <param name="Place">File and line.</param>
/// <param name="First">File and project, for the first time in that file.</param>
/// <param name="File">The file alone, after that.</param>
/// <param name="Project">File and project, after that.</param>
/// <param name="Dependents">File, project and dependents, after that; taken for the first few changes only.</param>
/// <param name="Full">The limit: all diagnostics of the changed projects' compilations, as Roslyn gives them.</param>
internal sealed record EditResult(
    string Kind, string Place, double First, double File, double Project, double? Dependents, double Full);

/// <summary>What one process has measured.</summary>
/// <param name="Name">The name of what was opened.</param>
/// <param name="Roslyn">Which Roslyn ran.</param>
/// <param name="Model">The model that arrived.</param>
/// <param name="Plants">Empty unless asked for.</param>
/// <param name="Edits">Empty unless asked for.</param>
/// <param name="PeakMegabytes">The most memory that the process has had resident.</param>
internal sealed record RunResult(
    string Name,
    string Roslyn,
    ModelResult Model,
    ImmutableArray<PlantResult> Plants,
    ImmutableArray<EditResult> Edits,
    double PeakMegabytes);

/// <summary><c>dotnet build</c> of a solution.</summary>
internal sealed record BuildResult(double Seconds, bool HasSucceeded);

/// <summary>Everything measured on one solution.</summary>
/// <param name="Target">What was opened.</param>
/// <param name="Seed">What chose the places.</param>
/// <param name="StageOne">The model from project files alone.</param>
/// <param name="StageTwo">MSBuild's model; null without trust.</param>
/// <param name="Peer">Roslyn's own <c>MSBuildWorkspace</c>; null without trust.</param>
/// <param name="Build">The compiler's own way; null without trust.</param>
internal sealed record SolutionResult(
    string Target, int Seed, RunResult StageOne, RunResult? StageTwo, RunResult? Peer, BuildResult? Build)
{
    /// <summary>The run that planted errors and compiled changes: on the best model that there is.</summary>
    public RunResult Main => StageTwo ?? StageOne;
}
