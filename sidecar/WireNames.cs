using QwenIde.Sidecar.Fixing;
using QwenIde.Workspace;

namespace QwenIde.Sidecar;

/// <summary>The names that leave the process for the values of our enumerations: promises, so they are written out.</summary>
internal static class WireNames
{
    /// <summary>The name of a severity.</summary>
    public static string ToWireName(this ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => "error",
        ProblemSeverity.Warning => "warning",
        ProblemSeverity.Information => "information",
        _ => "hint",
    };

    /// <summary>The name of a stage.</summary>
    public static string ToWireName(this ModelStage stage) => stage switch
    {
        ModelStage.MSBuild => "msbuild",
        _ => "projectFiles",
    };

    /// <summary>The name of an outcome.</summary>
    public static string ToWireName(this FixOutcome outcome) => outcome switch
    {
        FixOutcome.Repaired => "repaired",
        FixOutcome.GoneWithAnother => "goneWithAnother",
        FixOutcome.Choice => "choice",
        _ => "notRepairable",
    };
}
