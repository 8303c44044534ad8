using System.Text.Json;

namespace QwenIde.Protocol.Lsp;

/// <summary>What the editor can do: the part that we look at.</summary>
public sealed record ClientCapabilities
{
    /// <summary>About the workspace.</summary>
    public WorkspaceClientCapabilities? Workspace { get; init; }

    /// <summary>About documents.</summary>
    public TextDocumentClientCapabilities? TextDocument { get; init; }

    /// <summary>About windows.</summary>
    public WindowClientCapabilities? Window { get; init; }

    /// <summary>About everything else.</summary>
    public GeneralClientCapabilities? General { get; init; }

    /// <summary>What no version of the protocol knows.</summary>
    public JsonElement? Experimental { get; init; }
}

/// <summary>What the editor can do in the workspace.</summary>
public sealed record WorkspaceClientCapabilities
{
    /// <summary>Whether it serves <c>workspace/applyEdit</c>.</summary>
    public bool ApplyEdit { get; init; }

    /// <summary>How it applies edits.</summary>
    public WorkspaceEditClientCapabilities? WorkspaceEdit { get; init; }

    /// <summary>How it watches files.</summary>
    public DidChangeWatchedFilesClientCapabilities? DidChangeWatchedFiles { get; init; }

    /// <summary>Whether several folders can be open.</summary>
    public bool WorkspaceFolders { get; init; }

    /// <summary>How it takes diagnostics.</summary>
    public RefreshClientCapabilities? Diagnostics { get; init; }
}

/// <summary>How the editor applies edits.</summary>
public sealed record WorkspaceEditClientCapabilities
{
    /// <summary>Whether it takes versioned document edits.</summary>
    public bool DocumentChanges { get; init; }

    /// <summary>Which of <c>create</c>, <c>rename</c>, <c>delete</c> it takes.</summary>
    public IReadOnlyList<string>? ResourceOperations { get; init; }

    /// <summary>What it does when an edit fails halfway.</summary>
    public string? FailureHandling { get; init; }
}

/// <summary>How the editor watches files.</summary>
public sealed record DidChangeWatchedFilesClientCapabilities
{
    /// <summary>Whether watchers can be registered.</summary>
    public bool DynamicRegistration { get; init; }

    /// <summary>Whether a watcher's pattern may have a base folder.</summary>
    public bool RelativePatternSupport { get; init; }
}

/// <summary>Whether the editor can be asked to pull anew.</summary>
public sealed record RefreshClientCapabilities
{
    /// <summary>Whether it serves the refresh request.</summary>
    public bool RefreshSupport { get; init; }
}

/// <summary>What the editor can do with documents.</summary>
public sealed record TextDocumentClientCapabilities
{
    /// <summary>Code actions.</summary>
    public CodeActionClientCapabilities? CodeAction { get; init; }

    /// <summary>Pulled diagnostics.</summary>
    public DiagnosticClientCapabilities? Diagnostic { get; init; }
}

/// <summary>What the editor can do with code actions.</summary>
public sealed record CodeActionClientCapabilities
{
    /// <summary>Whether they can be registered after initialisation.</summary>
    public bool DynamicRegistration { get; init; }

    /// <summary>Whether it keeps <see cref="CodeAction.Data"/>.</summary>
    public bool DataSupport { get; init; }

    /// <summary>Whether it marks preferred actions.</summary>
    public bool IsPreferredSupport { get; init; }

    /// <summary>Whether it shows disabled actions.</summary>
    public bool DisabledSupport { get; init; }

    /// <summary>Which properties may come with <c>codeAction/resolve</c>.</summary>
    public ResolveClientCapabilities? ResolveSupport { get; init; }
}

/// <summary>What may be delivered later.</summary>
public sealed record ResolveClientCapabilities
{
    /// <summary>The properties' names.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}

/// <summary>What the editor can do with pulled diagnostics.</summary>
public sealed record DiagnosticClientCapabilities
{
    /// <summary>Whether they can be registered after initialisation.</summary>
    public bool DynamicRegistration { get; init; }

    /// <summary>Whether a report may hold other documents' diagnostics.</summary>
    public bool RelatedDocumentSupport { get; init; }
}

/// <summary>What the editor's windows can do.</summary>
public sealed record WindowClientCapabilities
{
    /// <summary>Whether the server may start progress on its own.</summary>
    public bool WorkDoneProgress { get; init; }
}

/// <summary>General abilities of the editor.</summary>
public sealed record GeneralClientCapabilities
{
    /// <summary>How it may count characters: <c>utf-16</c> is always among them.</summary>
    public IReadOnlyList<string>? PositionEncodings { get; init; }
}
