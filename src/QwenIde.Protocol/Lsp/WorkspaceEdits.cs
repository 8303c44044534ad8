using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Lsp;

/// <summary>Changes over several documents.</summary>
public sealed record WorkspaceEdit
{
    /// <summary>The changes, document by document.</summary>
    public required IReadOnlyList<TextDocumentEdit> DocumentChanges { get; init; }
}

/// <summary>Changes of one document in one version.</summary>
public sealed record TextDocumentEdit
{
    /// <summary>Which document, and in which version.</summary>
    public required OptionalVersionedTextDocumentIdentifier TextDocument { get; init; }

    /// <summary>The changes; none overlaps another, all positions are those before the first.</summary>
    public required IReadOnlyList<TextEdit> Edits { get; init; }
}

/// <summary>Names a document, open or not.</summary>
public sealed record OptionalVersionedTextDocumentIdentifier
{
    /// <summary>Its address.</summary>
    public required DocumentUri Uri { get; init; }

    /// <summary>The editor's version number; null for the file on disk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Version { get; init; }
}

/// <summary>Replaces a stretch of text.</summary>
public sealed record TextEdit
{
    /// <summary>What is replaced.</summary>
    public required LspRange Range { get; init; }

    /// <summary>By what.</summary>
    public required string NewText { get; init; }
}

/// <summary>Asks the editor to apply an edit.</summary>
public sealed record ApplyWorkspaceEditParams
{
    /// <summary>What to call it in the undo list.</summary>
    public string? Label { get; init; }

    /// <summary>The edit.</summary>
    public required WorkspaceEdit Edit { get; init; }
}

/// <summary>What came of an edit.</summary>
public sealed record ApplyWorkspaceEditResult
{
    /// <summary>Whether it was applied.</summary>
    public required bool Applied { get; init; }

    /// <summary>Why not.</summary>
    public string? FailureReason { get; init; }
}
