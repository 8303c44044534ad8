using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Extensions;

/// <summary>Our options in LSP's <c>initialize</c>; every one is optional.</summary>
public sealed record InitializationOptions
{
    /// <summary>Whether MSBuild and source generators may run.</summary>
    public bool Trusted { get; init; }

    /// <summary>What to open, relative to the first workspace folder; null to look for it.</summary>
    public string? Solution { get; init; }

    /// <summary>Whether to serve our own compiler diagnostics.</summary>
    public bool Diagnostics { get; init; }

    /// <summary>Reads the options; absent ones are the defaults.</summary>
    /// <exception cref="JsonException">They have another form.</exception>
    public static InitializationOptions Read(JsonElement? options) =>
        options is { ValueKind: JsonValueKind.Object } given
            ? given.Deserialize(QwenIdeJson.Default.InitializationOptions)!
            : new InitializationOptions();

    /// <summary>The options as LSP carries them.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, QwenIdeJson.Default.InitializationOptions);
}

/// <summary>What stands under <c>capabilities.experimental</c> in the answer to <c>initialize</c>.</summary>
public sealed record ExperimentalCapabilities
{
    /// <summary>Ours.</summary>
    [JsonPropertyName("qwenide")]
    public required QwenIdeCapabilities QwenIde { get; init; }

    /// <summary>The abilities as LSP carries them.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, QwenIdeJson.Default.ExperimentalCapabilities);
}

/// <summary>What we can do beside LSP.</summary>
public sealed record QwenIdeCapabilities
{
    /// <summary>The version of the Agent Client Protocol for conversations.</summary>
    public required int AcpVersion { get; init; }
}

/// <summary>Grants trust.</summary>
public sealed record TrustParams
{
    /// <summary>True.</summary>
    public required bool Trusted { get; init; }
}

/// <summary>What is open, how far it is loaded, and what is missing.</summary>
public sealed record WorkspaceStatus
{
    /// <summary>How far it is.</summary>
    public required WorkspaceState State { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>The snapshot's version, 0 while there is none.</summary>
    public required long Version { get; init; }

    /// <summary>The absolute path of what was opened.</summary>
    public string? Target { get; init; }

    /// <summary>Where the model comes from.</summary>
    public WorkspaceStage? Stage { get; init; }

    /// <summary>Which Roslyn runs, as <c>5.9.0 (SDK 10.0.401)</c>.</summary>
    public string? Roslyn { get; init; }

    /// <summary>Whether MSBuild and source generators may run.</summary>
    public required bool Trusted { get; init; }

    /// <summary>The loaded projects.</summary>
    public IReadOnlyList<ProjectStatus> Projects { get; init; } = [];

    /// <summary>What is missing or was skipped.</summary>
    public IReadOnlyList<WorkspaceIssue> Issues { get; init; } = [];
}

/// <summary>How far loading is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WorkspaceState>))]
public enum WorkspaceState
{
    /// <summary>Under way.</summary>
    Loading,

    /// <summary>Usable.</summary>
    Ready,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>There is nothing to load.</summary>
    Empty,
}

/// <summary>Where a model comes from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WorkspaceStage>))]
public enum WorkspaceStage
{
    /// <summary>From the project files alone.</summary>
    ProjectFiles,

    /// <summary>From MSBuild.</summary>
    Msbuild,
}

/// <summary>A loaded project.</summary>
public sealed record ProjectStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of its file.</summary>
    public required string Path { get; init; }

    /// <summary>The framework that was chosen.</summary>
    public required string TargetFramework { get; init; }

    /// <summary>The number of its source files.</summary>
    public required int Documents { get; init; }

    /// <summary>Packages that are not restored, as <c>Name Version</c>.</summary>
    public IReadOnlyList<string> MissingPackages { get; init; } = [];
}

/// <summary>Something that the user should know.</summary>
public sealed record WorkspaceIssue
{
    /// <summary>How grave.</summary>
    public required IssueSeverity Severity { get; init; }

    /// <summary>What, where, what to do, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The file concerned.</summary>
    public string? Path { get; init; }
}

/// <summary>How grave an issue is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IssueSeverity>))]
public enum IssueSeverity
{
    /// <summary>Something does not work.</summary>
    Error,

    /// <summary>Something is missing.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Hardly worth knowing.</summary>
    Hint,
}
