namespace QwenIde.Protocol.Lsp;

/// <summary>A document was opened; from now on the editor's text counts.</summary>
public sealed record DidOpenTextDocumentParams
{
    /// <summary>The document with its text.</summary>
    public required TextDocumentItem TextDocument { get; init; }
}

/// <summary>A document with its text.</summary>
public sealed record TextDocumentItem
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }

    /// <summary>Its language, such as <c>csharp</c>.</summary>
    public required string LanguageId { get; init; }

    /// <summary>The editor's version number.</summary>
    public required int Version { get; init; }

    /// <summary>The whole text.</summary>
    public required string Text { get; init; }
}

/// <summary>An open document was changed.</summary>
public sealed record DidChangeTextDocumentParams
{
    /// <summary>The document, in the version after all changes.</summary>
    public required VersionedTextDocumentIdentifier TextDocument { get; init; }

    /// <summary>The changes, each upon the result of the one before.</summary>
    public required IReadOnlyList<TextDocumentContentChangeEvent> ContentChanges { get; init; }
}

/// <summary>One change of an open document.</summary>
public sealed record TextDocumentContentChangeEvent
{
    /// <summary>What is replaced; null for the whole text.</summary>
    public LspRange? Range { get; init; }

    /// <summary>What stands there now.</summary>
    public required string Text { get; init; }
}

/// <summary>A document was saved.</summary>
public sealed record DidSaveTextDocumentParams
{
    /// <summary>Which one.</summary>
    public required TextDocumentIdentifier TextDocument { get; init; }

    /// <summary>Its text, if asked for.</summary>
    public string? Text { get; init; }
}

/// <summary>A document was closed; from now on the file's text counts.</summary>
public sealed record DidCloseTextDocumentParams
{
    /// <summary>Which one.</summary>
    public required TextDocumentIdentifier TextDocument { get; init; }
}

/// <summary>Files changed on disk.</summary>
public sealed record DidChangeWatchedFilesParams
{
    /// <summary>Which ones, and how.</summary>
    public required IReadOnlyList<FileEvent> Changes { get; init; }
}

/// <summary>A file changed on disk.</summary>
public sealed record FileEvent
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }

    /// <summary>What happened to it.</summary>
    public required FileChangeType Type { get; init; }
}

/// <summary>What happened to a file.</summary>
public enum FileChangeType
{
    /// <summary>It is new.</summary>
    Created = 1,

    /// <summary>Its content changed.</summary>
    Changed = 2,

    /// <summary>It is gone.</summary>
    Deleted = 3,
}
