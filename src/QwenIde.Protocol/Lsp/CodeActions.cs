using System.Text.Json;

namespace QwenIde.Protocol.Lsp;

/// <summary>Asks what can be done at a place.</summary>
public sealed record CodeActionParams
{
    /// <summary>In which document.</summary>
    public required TextDocumentIdentifier TextDocument { get; init; }

    /// <summary>Where.</summary>
    public required LspRange Range { get; init; }

    /// <summary>About what.</summary>
    public required CodeActionContext Context { get; init; }
}

/// <summary>What code actions are wanted.</summary>
public sealed record CodeActionContext
{
    /// <summary>The diagnostics that the editor knows there, whoever found them.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The kinds wanted; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Whether a person asked.</summary>
    public CodeActionTriggerKind? TriggerKind { get; init; }
}

/// <summary>Why code actions are asked for.</summary>
public enum CodeActionTriggerKind
{
    /// <summary>A person asked.</summary>
    Invoked = 1,

    /// <summary>The editor asks by itself, as the cursor moves.</summary>
    Automatic = 2,
}

/// <summary>Kinds of code actions.</summary>
public static class CodeActionKind
{
    /// <summary>Repairs a diagnostic.</summary>
    public const string QuickFix = "quickfix";
}

/// <summary>Something that can be done.</summary>
public sealed record CodeAction
{
    /// <summary>What, for people.</summary>
    public required string Title { get; init; }

    /// <summary>See <see cref="CodeActionKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The diagnostics that it repairs.</summary>
    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    /// <summary>Whether it is the obvious one.</summary>
    public bool? IsPreferred { get; init; }

    /// <summary>What it changes; may come with <c>codeAction/resolve</c>.</summary>
    public WorkspaceEdit? Edit { get; init; }

    /// <summary>A command to run after the edit.</summary>
    public Command? Command { get; init; }

    /// <summary>Comes back with <c>codeAction/resolve</c>.</summary>
    public JsonElement? Data { get; init; }
}

/// <summary>A command that the editor can let the server run.</summary>
public sealed record Command
{
    /// <summary>What it does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>Its name.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("command")]
    public required string Name { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<JsonElement>? Arguments { get; init; }
}

/// <summary>Runs a command.</summary>
public sealed record ExecuteCommandParams
{
    /// <summary>Its name.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<JsonElement>? Arguments { get; init; }
}
