using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Lsp;

/// <summary>Asks for a document's diagnostics.</summary>
public sealed record DocumentDiagnosticParams
{
    /// <summary>Which document.</summary>
    public required TextDocumentIdentifier TextDocument { get; init; }

    /// <summary>The name given at registration.</summary>
    public string? Identifier { get; init; }

    /// <summary>What the last report was called.</summary>
    public string? PreviousResultId { get; init; }
}

/// <summary>A document's diagnostics, or the word that they are unchanged.</summary>
[JsonConverter(typeof(Converter))]
public abstract record DocumentDiagnosticReport
{
    /// <summary>Tells the kinds apart.</summary>
    public abstract string Kind { get; }

    internal sealed class Converter() : KindConverter<DocumentDiagnosticReport>("kind")
    {
        protected override Type? TypeFor(string kind) => kind switch
        {
            "full" => typeof(FullDocumentDiagnosticReport),
            "unchanged" => typeof(UnchangedDocumentDiagnosticReport),
            _ => null,
        };

        protected override DocumentDiagnosticReport Unknown(JsonElement value) =>
            throw new JsonException("A report's kind is 'full' or 'unchanged'.");
    }
}

/// <summary>All diagnostics of a document.</summary>
public sealed record FullDocumentDiagnosticReport : DocumentDiagnosticReport
{
    /// <summary><c>full</c>.</summary>
    public override string Kind => "full";

    /// <summary>What to call this report when asking again.</summary>
    public string? ResultId { get; init; }

    /// <summary>The diagnostics.</summary>
    public required IReadOnlyList<Diagnostic> Items { get; init; }
}

/// <summary>Nothing changed since the report that was named.</summary>
public sealed record UnchangedDocumentDiagnosticReport : DocumentDiagnosticReport
{
    /// <summary><c>unchanged</c>.</summary>
    public override string Kind => "unchanged";

    /// <summary>What to call this report when asking again.</summary>
    public required string ResultId { get; init; }
}

/// <summary>A problem in a text.</summary>
public sealed record Diagnostic
{
    /// <summary>Where.</summary>
    public required LspRange Range { get; init; }

    /// <summary>How grave.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>Such as <c>CS0246</c>.</summary>
    public NumberOrText? Code { get; init; }

    /// <summary>Where the code is explained.</summary>
    public CodeDescription? CodeDescription { get; init; }

    /// <summary>Who found it.</summary>
    public string? Source { get; init; }

    /// <summary>What it is.</summary>
    public required string Message { get; init; }

    /// <summary>How to show it besides.</summary>
    public IReadOnlyList<DiagnosticTag>? Tags { get; init; }

    /// <summary>Comes back with a request for code actions.</summary>
    public JsonElement? Data { get; init; }
}

/// <summary>Where a code is explained.</summary>
public sealed record CodeDescription
{
    /// <summary>A web address.</summary>
    public required string Href { get; init; }
}

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Does not compile.</summary>
    Error = 1,

    /// <summary>Compiles, and is probably wrong.</summary>
    Warning = 2,

    /// <summary>Worth knowing.</summary>
    Information = 3,

    /// <summary>Shown as a mark only.</summary>
    Hint = 4,
}

/// <summary>How to show a diagnostic besides.</summary>
public enum DiagnosticTag
{
    /// <summary>Faded out.</summary>
    Unnecessary = 1,

    /// <summary>Struck through.</summary>
    Deprecated = 2,
}
