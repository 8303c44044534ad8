using System.Text.Json;

namespace QwenIde.Protocol.Lsp;

/// <summary>The first request of a connection.</summary>
public sealed record InitializeParams
{
    /// <summary>The process that started the server; when it ends, so does the server.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Which editor this is.</summary>
    public ImplementationInfo? ClientInfo { get; init; }

    /// <summary>The editor's language, such as <c>de</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The folder that is open; superseded by <see cref="WorkspaceFolders"/>.</summary>
    public DocumentUri? RootUri { get; init; }

    /// <summary>What the editor can do.</summary>
    public required ClientCapabilities Capabilities { get; init; }

    /// <summary>The server's own options, see <see cref="Extensions.InitializationOptions"/>.</summary>
    public JsonElement? InitializationOptions { get; init; }

    /// <summary><c>off</c>, <c>messages</c> or <c>verbose</c>.</summary>
    public string? Trace { get; init; }

    /// <summary>The folders that are open; null when the editor knows no folders or none is open.</summary>
    public IReadOnlyList<WorkspaceFolder>? WorkspaceFolders { get; init; }
}

/// <summary>The name and version of a program.</summary>
public sealed record ImplementationInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public string? Version { get; init; }
}

/// <summary>A folder open in the editor.</summary>
public sealed record WorkspaceFolder
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }
}

/// <summary>What the server answers.</summary>
public sealed record InitializeResult
{
    /// <summary>What it can do.</summary>
    public required ServerCapabilities Capabilities { get; init; }

    /// <summary>Which server this is.</summary>
    public ImplementationInfo? ServerInfo { get; init; }
}

/// <summary>The editor has taken the server's answer in.</summary>
public sealed record InitializedParams;

/// <summary>How much the editor wants traced.</summary>
public sealed record SetTraceParams
{
    /// <summary><c>off</c>, <c>messages</c> or <c>verbose</c>.</summary>
    public required string Value { get; init; }
}
