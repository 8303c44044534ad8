using System.Text.Json;

namespace QwenIde.Protocol.Lsp;

/// <summary>Registers abilities after initialisation.</summary>
public sealed record RegistrationParams
{
    /// <summary>What is registered.</summary>
    public required IReadOnlyList<Registration> Registrations { get; init; }
}

/// <summary>One ability.</summary>
public sealed record Registration
{
    /// <summary>Names it, to take it back.</summary>
    public required string Id { get; init; }

    /// <summary>The method it is about.</summary>
    public required string Method { get; init; }

    /// <summary>Its options, such as <see cref="DiagnosticRegistrationOptions"/>.</summary>
    public JsonElement? RegisterOptions { get; init; }
}

/// <summary>Takes abilities back.</summary>
public sealed record UnregistrationParams
{
    /// <summary>What is taken back; the misspelling is the protocol's.</summary>
    public required IReadOnlyList<Unregistration> Unregisterations { get; init; }
}

/// <summary>An ability taken back.</summary>
public sealed record Unregistration
{
    /// <summary>As it was registered.</summary>
    public required string Id { get; init; }

    /// <summary>As it was registered.</summary>
    public required string Method { get; init; }
}

/// <summary>Which documents an ability is for; every part given must fit.</summary>
public sealed record DocumentFilter
{
    /// <summary>A language, such as <c>csharp</c>.</summary>
    public string? Language { get; init; }

    /// <summary>A URI scheme, such as <c>file</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>A glob pattern.</summary>
    public string? Pattern { get; init; }
}

/// <summary>Options of <c>textDocument/diagnostic</c>.</summary>
public sealed record DiagnosticRegistrationOptions
{
    /// <summary>Which documents.</summary>
    public IReadOnlyList<DocumentFilter>? DocumentSelector { get; init; }

    /// <summary>The name under which they are managed.</summary>
    public string? Identifier { get; init; }

    /// <summary>Whether an edit in one file can change those of another.</summary>
    public bool InterFileDependencies { get; init; }

    /// <summary>Whether the whole workspace's can be pulled.</summary>
    public bool WorkspaceDiagnostics { get; init; }
}

/// <summary>Options of <c>workspace/didChangeWatchedFiles</c>.</summary>
public sealed record DidChangeWatchedFilesRegistrationOptions
{
    /// <summary>What is watched.</summary>
    public required IReadOnlyList<FileSystemWatcherOptions> Watchers { get; init; }
}

/// <summary>A set of files that is watched for every kind of change.</summary>
public sealed record FileSystemWatcherOptions
{
    /// <summary>A glob pattern, such as <c>**/*.cs</c>.</summary>
    public required string GlobPattern { get; init; }
}
