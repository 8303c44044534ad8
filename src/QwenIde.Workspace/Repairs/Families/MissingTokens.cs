using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>
/// A token is missing, or one too many stands there: tries each place near the error and keeps those with which the file
/// parses. A brace goes where the indentation says that its block ends.
/// </summary>
internal sealed class MissingTokens : RepairFamily
{
    private const int MaximumTries = 400;

    private const int MaximumOffers = 5;

    private static readonly string[] _keywords =
        ["return", "await", "throw", "static", "readonly", "public", "private", "internal", "protected", "async", "const", "override",
         "virtual", "yield", "using", "foreach", "while", "switch", "class", "record", "interface", "namespace", "void", "else", "catch",
         "finally", "break", "continue", "case", "default", "new", "in", "is", "as", "var", "if", "for", "get", "set", "abstract", "struct", "enum"];

    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
    [
        "CS1001", "CS1002", "CS1003", "CS1515", "CS1010", "CS1022", "CS1026", "CS1039", "CS1040", "CS1041", "CS1513", "CS1514", "CS1519", "CS1520", "CS1525", "CS1528",
        "CS1529", "CS1031", "CS1073", "CS1524", "CS1547", "CS1552", "CS1585", "CS1586", "CS1597", "CS8124", "CS8180", "CS8389", "CS8635",
        "CS8803", "CS8641", "CS0106", "CS1032", "CS1012", "CS8997", "CS0201", "CS1056", "CS0116", "CS0065", "CS0073", "CS0443", "CS1004", "CS1007",
    ];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        var before = Errors(repair.Root.SyntaxTree);
        var found = new List<(string Title, double Score, TextChange Edit, int Errors)>();
        foreach (var (title, score, edit) in Edits(repair).OrderByDescending(edit => edit.Score).Take(MaximumTries))
        {
            repair.CancellationToken.ThrowIfCancellationRequested();
            var errors = Errors(repair.Root.SyntaxTree.WithChangedText(repair.Text.WithChanges(edit)));
            if (errors < before || before == 0 && errors == 0)
                found.Add((title, score, edit, errors));
            if (found.Count(candidate => candidate.Errors == 0) == MaximumOffers)
                break;
        }
        if (found.Count == 0)
            return Task.CompletedTask;
        var (fewest, best) = (found.Min(candidate => candidate.Errors), found.Max(candidate => candidate.Score));
        foreach (var (title, score, edit, _) in found.Where(candidate => candidate.Errors == fewest && candidate.Score > best - 0.25).Take(MaximumOffers))
            repair.Offer(title, score, edit);
        return Task.CompletedTask;
    }

    private static int Errors(SyntaxTree tree) => tree.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<(string Title, double Score, TextChange Edit)> Edits(RepairContext repair)
    {
        if (repair.Id is "CS0201" or "CS0106" or "CS8803" or "CS0116")
            return [.. Keywords(repair)];
        return [.. Braces(repair), .. Tokens(repair), .. TooMany(repair), .. Keywords(repair)];
    }

    /// <summary>Tokens before, at and after the error, nearest first.</summary>
    private static IEnumerable<(string, double, TextChange)> Tokens(RepairContext repair)
    {
        string[] wanted = repair.Id switch
        {
            "CS1002" => [";", ")", "]", ",", "\"", "}", "+", "=>", "="],
            "CS1026" => [")", "))", ",", "\"", "]", ";"],
            "CS1515" => ["in"],
            "CS1003" => [",", ")", "]", ">", "(", ":", "=", "\"", ");", "=>", "in"],
            "CS1513" => ["}", ")", "\"", "});"],
            "CS1514" => ["{"],
            "CS1010" or "CS1039" => ["\"", "\")", "\");", "\";"],
            "CS1012" => ["'"],
            _ => [";", ")", "]", "}", "{", ",", "(", "=", "\"", ">", ":", "=>", "."],
        };
        var (first, last) = (repair.Span.Start, repair.Span.End);
        var line = repair.Text.Lines.GetLineFromPosition(first);
        var from = Math.Max(0, repair.Text.Lines[Math.Max(0, line.LineNumber - 2)].Start);
        var places = repair.Root.DescendantTokens(TextSpan.FromBounds(from, Math.Max(line.End, last)))
            .SelectMany(token => new[] { token.SpanStart, token.Span.End })
            .Concat([line.End, first, last])
            .Where(place => place >= from && place <= Math.Max(line.End, last))
            .Distinct();
        foreach (var place in places)
        {
            var distance = Math.Min(Math.Abs(place - first), 200);
            for (var i = 0; i < wanted.Length; i++)
            {
                // The compiler's own place and token first; others lose by distance.
                var score = 0.95 - (0.02 * i) - (distance == 0 ? 0 : 0.02 + (0.001 * distance)) - (wanted[i] == "}" ? 0.3 : 0);
                if (distance > 0 && place == line.End)
                    score += 0.01;
                yield return ($"Add '{wanted[i]}'", score, Place(repair.Text, place, wanted[i]));
            }
        }
    }

    /// <summary>A token that follows another stands close to it, though the compiler misses it only at the next.</summary>
    private static TextChange Place(SourceText text, int place, string token)
    {
        if (token is "," or ";" or ")" or "]" or "))")
        {
            while (place > 0 && char.IsWhiteSpace(text[place - 1]))
                place--;
        }
        var isAfterSpace = place > 0 && char.IsWhiteSpace(text[place - 1]);
        var isBeforeSpace = place < text.Length && char.IsWhiteSpace(text[place]);
        return SyntaxShapes.Insert(place, token switch
        {
            "," => isBeforeSpace ? "," : ", ",
            "{" => isAfterSpace ? "{" : " {",
            "+" or "=>" or "=" or "in" => (isAfterSpace ? "" : " ") + token + (isBeforeSpace ? "" : " "),
            _ => token,
        });
    }

    /// <summary>A block that is not closed ends before the first line that stands no deeper than the line it was opened on.</summary>
    private static IEnumerable<(string, double, TextChange)> Braces(RepairContext repair)
    {
        if (repair.Id is "CS1514")
        {
            foreach (var edit in OpenBraces(repair))
                yield return edit;
        }
        if (repair.Id is "CS1026" or "CS1010")
            yield break;
        var text = repair.Text;
        foreach (var open in repair.Root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.OpenBraceToken) && !token.IsMissing))
        {
            if (open.Parent is InterpolationSyntax)
                continue;
            var opening = text.Lines.GetLineFromPosition(open.SpanStart).LineNumber;
            var depth = Indent(text.Lines[opening].ToString());
            var after = text.ToString(TextSpan.FromBounds(open.Span.End, text.Lines[opening].End));
            if (after.Contains('}', StringComparison.Ordinal))
                continue;
            var lastContent = opening;
            for (var i = opening + 1; i <= text.Lines.Count; i++)
            {
                var content = i < text.Lines.Count ? text.Lines[i].ToString() : null;
                if (content is not null && string.IsNullOrWhiteSpace(content))
                    continue;
                if (content is not null && Indent(content) > depth)
                {
                    lastContent = i;
                    continue;
                }
                var next = content?.TrimStart() ?? "";
                // A block whose own brace stands here is closed as it should be.
                if (next.StartsWith('}') && Indent(content!) == depth)
                    break;
                var isEarly = opening > text.Lines.GetLineFromPosition(repair.Span.Start).LineNumber;
                yield return ("Add '}'", isEarly ? 0.92 : 0.97, Close(repair, opening, lastContent, next, i, after));
                break;
            }
        }
    }

    private static TextChange Close(RepairContext repair, int opening, int lastContent, string next, int nextLine, string after)
    {
        var text = repair.Text;
        var indentation = CodeStyleOf.IndentationAt(text, text.Lines[opening].Start);
        // What ends the statement stands there already: }; or }).
        if (next.StartsWith(';') || next.StartsWith(')') || next.StartsWith(','))
            return SyntaxShapes.Insert(text.Lines[nextLine].Start + CodeStyleOf.IndentationAt(text, text.Lines[nextLine].Start).Length, "}");
        return lastContent == opening && after.Trim().Length > 0
            ? SyntaxShapes.Insert(text.Lines[opening].End, " }")
            : SyntaxShapes.Insert(text.Lines[lastContent].End, $"{repair.NewLine}{indentation}}}");
    }

    private static IEnumerable<(string, double, TextChange)> OpenBraces(RepairContext repair)
    {
        var text = repair.Text;
        var token = repair.Root.FindToken(repair.Span.Start);
        var previous = repair.Span.Start >= token.Span.End ? token : token.GetPreviousToken();
        var line = text.Lines.GetLineFromPosition(previous.Span.End);
        // As the file does it: braces on a line of their own, or at the line's end.
        var ownLine = text.Lines.Count(other => other.ToString().Trim() == "{") >= text.Lines.Count(other => other.ToString().TrimEnd().EndsWith(" {", StringComparison.Ordinal));
        var indentation = CodeStyleOf.IndentationAt(text, line.Start);
        yield return ("Add '{'", 0.96, SyntaxShapes.Insert(line.End, ownLine ? $"{repair.NewLine}{indentation}{{" : " {"));
        if (previous.Parent?.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>() is { } space && previous.Span.End <= space.Name.Span.End)
            yield return ("Add ';'", 0.94, SyntaxShapes.Insert(line.End, ";"));
    }

    /// <summary>A token that should not be there.</summary>
    private static IEnumerable<(string, double, TextChange)> TooMany(RepairContext repair)
    {
        var token = repair.Root.FindToken(repair.Span.Start);
        foreach (var extra in new[] { token, token.GetPreviousToken(), token.GetNextToken() }.Where(extra => extra.Span.Length is > 0 and <= 2))
        {
            if (extra.Kind() is not (SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.SemicolonToken or SyntaxKind.CommaToken
                or SyntaxKind.OpenParenToken or SyntaxKind.OpenBraceToken or SyntaxKind.CloseBracketToken or SyntaxKind.DotToken or SyntaxKind.GreaterThanToken))
                continue;
            var span = extra.IsKind(SyntaxKind.CloseBraceToken) ? SyntaxShapes.LinesOf(repair.Text, extra.Span) : extra.Span;
            yield return ($"Remove '{extra.Text}'", (repair.Id == "CS1022" ? 0.96 : 0.86) - (extra == token ? 0 : 0.02), new TextChange(span, ""));
        }
    }

    /// <summary>A word next to the error that is a keyword but for a slip.</summary>
    private static IEnumerable<(string, double, TextChange)> Keywords(RepairContext repair)
    {
        var line = repair.Text.Lines.GetLineFromPosition(repair.Span.Start);
        foreach (var token in repair.Root.DescendantTokens(line.Span).Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Length > 1))
        {
            foreach (var keyword in _keywords)
            {
                var edits = NameDistance.Edits(token.ValueText.ToUpperInvariant(), keyword.ToUpperInvariant());
                if (edits <= (keyword.Length > 4 ? 2 : 1) && token.ValueText.Length > 2)
                    yield return ($"Change '{token.ValueText}' to '{keyword}'", 0.97 - (0.02 * edits), new TextChange(token.Span, keyword));
            }
        }
    }

    private static int Indent(string line)
    {
        var width = 0;
        foreach (var character in line)
        {
            if (character == ' ')
                width++;
            else if (character == '\t')
                width += 4;
            else
                break;
        }
        return width;
    }
}
