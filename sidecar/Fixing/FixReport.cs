using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>
/// What <c>qwenide fix --json</c> prints, one object. Fields are only ever added; <see cref="Format"/> grows if that must
/// be broken. Lines and columns are one-based, paths absolute. <c>docs/cli.md</c> describes it for users.
/// </summary>
internal sealed record FixReport(
    int Format,
    string Target,
    string Stage,
    string Roslyn,
    bool Trusted,
    bool Applied,
    ImmutableArray<FixReport.Project> Projects,
    ImmutableArray<FixReport.Issue> Issues,
    ImmutableArray<FixReport.Item> Problems,
    ImmutableArray<string> ChangedFiles,
    FixReport.Count Summary)
{
    /// <summary>A loaded project.</summary>
    internal sealed record Project(
        string Name, string Path, string TargetFramework, int Documents, ImmutableArray<string> MissingPackages);

    /// <summary>Something missing or skipped.</summary>
    internal sealed record Issue(string Severity, string Message, string? Path);

    /// <summary>A problem and what became of it.</summary>
    internal sealed record Item(
        string Id,
        string Severity,
        string Message,
        string Project,
        string Path,
        int Line,
        int Column,
        string Outcome,
        ImmutableArray<Change> Repairs);

    /// <summary>A repair as a unified diff.</summary>
    internal sealed record Change(string Title, string Source, string Diff);

    /// <summary>How many problems there were, how many of them the repairs remove, and how many stay.</summary>
    internal sealed record Count(int Problems, int Repaired, int Remaining);

    /// <summary>Describes a run.</summary>
    /// <param name="report">What was loaded.</param>
    /// <param name="plan">The repairs.</param>
    /// <param name="isTrusted">Whether MSBuild was allowed.</param>
    /// <param name="isApplied">Whether the changes were written.</param>
    /// <param name="remaining">How many problems there are now, on disk if applied.</param>
    public static FixReport Create(LoadReport report, FixPlan plan, bool isTrusted, bool isApplied, int remaining) => new(
        Format: 1,
        report.Target,
        report.Stage.ToWireName(),
        report.Roslyn,
        isTrusted,
        isApplied,
        [.. report.Projects.Select(project => new Project(
            project.Name, project.Path, project.TargetFramework, project.Documents, project.MissingPackages))],
        [.. report.Issues.Select(issue => new Issue(issue.Severity.ToWireName(), issue.Message, issue.Path))],
        [.. plan.Items.Select(item => Describe(item, report.Target))],
        [.. plan.Changes.Files.Select(file => file.Path)],
        new Count(plan.Items.Length, plan.Items.Length - remaining, remaining));

    /// <summary>The object as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FixReportJson.Default.FixReport);

    private static Item Describe(FixItem item, string target) => new(
        item.Problem.Id,
        item.Problem.Severity.ToWireName(),
        item.Problem.Message,
        item.Problem.Project,
        item.Problem.Path,
        item.Problem.Range.Start.Line + 1,
        item.Problem.Range.Start.Character + 1,
        item.Outcome.ToWireName(),
        [.. item.Repairs.Select(repair => new Change(
            repair.Title, repair.Source, UnifiedDiff.ToText(repair.Files.SelectMany(file => file.ToDiff(target)))))]);
}

/// <summary>The generated serialiser of <see cref="FixReport"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true)]
[JsonSerializable(typeof(FixReport))]
internal sealed partial class FixReportJson : JsonSerializerContext;
