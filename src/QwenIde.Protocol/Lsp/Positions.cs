namespace QwenIde.Protocol.Lsp;

/// <summary>A place in a text: zero-based line, and zero-based UTF-16 code unit within it.</summary>
public readonly record struct LspPosition(int Line, int Character);

/// <summary>A stretch of text; <see cref="End"/> is exclusive.</summary>
public readonly record struct LspRange(LspPosition Start, LspPosition End);

/// <summary>Names a document.</summary>
public sealed record TextDocumentIdentifier
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }
}

/// <summary>Names a version of an open document.</summary>
public sealed record VersionedTextDocumentIdentifier
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }

    /// <summary>The editor's version number.</summary>
    public required int Version { get; init; }
}
