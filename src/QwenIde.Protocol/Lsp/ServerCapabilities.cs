using System.Text.Json;

namespace QwenIde.Protocol.Lsp;

/// <summary>What the server can do.</summary>
public sealed record ServerCapabilities
{
    /// <summary>How characters are counted: always <see cref="PositionEncodingKind.Utf16"/> with us.</summary>
    public string? PositionEncoding { get; init; }

    /// <summary>How documents are kept in step.</summary>
    public TextDocumentSyncOptions? TextDocumentSync { get; init; }

    /// <summary>Code actions.</summary>
    public CodeActionOptions? CodeActionProvider { get; init; }

    /// <summary>Pulled diagnostics, unless registered later.</summary>
    public DiagnosticOptions? DiagnosticProvider { get; init; }

    /// <summary>Commands.</summary>
    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }

    /// <summary>What no version of the protocol knows: <c>{"qwenide": …}</c>, see <see cref="Extensions.ExperimentalCapabilities"/>.</summary>
    public JsonElement? Experimental { get; init; }
}

/// <summary>The ways to count characters.</summary>
public static class PositionEncodingKind
{
    /// <summary>UTF-16 code units, as .NET and the editors count.</summary>
    public const string Utf16 = "utf-16";
}

/// <summary>How documents are kept in step.</summary>
public sealed record TextDocumentSyncOptions
{
    /// <summary>Whether opening and closing are told.</summary>
    public bool OpenClose { get; init; }

    /// <summary>How changes are told.</summary>
    public TextDocumentSyncKind Change { get; init; }

    /// <summary>Whether saving is told.</summary>
    public SaveOptions? Save { get; init; }
}

/// <summary>How changes are told.</summary>
public enum TextDocumentSyncKind
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The whole text each time.</summary>
    Full = 1,

    /// <summary>What changed.</summary>
    Incremental = 2,
}

/// <summary>How saving is told.</summary>
public sealed record SaveOptions
{
    /// <summary>Whether the text comes along.</summary>
    public bool IncludeText { get; init; }
}

/// <summary>Which code actions there are.</summary>
public sealed record CodeActionOptions
{
    /// <summary>Their kinds.</summary>
    public IReadOnlyList<string>? CodeActionKinds { get; init; }

    /// <summary>Whether <c>codeAction/resolve</c> completes them.</summary>
    public bool ResolveProvider { get; init; }
}

/// <summary>What kind of diagnostics can be pulled.</summary>
public sealed record DiagnosticOptions
{
    /// <summary>The name under which they are managed.</summary>
    public string? Identifier { get; init; }

    /// <summary>Whether an edit in one file can change those of another.</summary>
    public bool InterFileDependencies { get; init; }

    /// <summary>Whether the whole workspace's can be pulled.</summary>
    public bool WorkspaceDiagnostics { get; init; }
}

/// <summary>Which commands there are.</summary>
public sealed record ExecuteCommandOptions
{
    /// <summary>Their names.</summary>
    public required IReadOnlyList<string> Commands { get; init; }
}
