using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>Where a <c>using</c> belongs in a file: in order if the file keeps an order, with its like if it keeps groups.</summary>
internal static class UsingDirectives
{
    /// <summary>Whether a file (not a global using elsewhere) imports a namespace.</summary>
    public static bool Imports(CompilationUnitSyntax root, string name) => All(root).Any(directive => Name(directive) == name && IsPlain(directive));

    /// <summary>All directives of a file, those inside its namespaces included.</summary>
    public static IEnumerable<UsingDirectiveSyntax> All(CompilationUnitSyntax root) =>
        root.Usings.Concat(root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(AllIn));

    /// <summary>The edit that adds <c>using <paramref name="name"/>;</c>.</summary>
    public static TextChange Insert(CompilationUnitSyntax root, SourceText text, string name, int position)
    {
        var newLine = CodeStyleOf.NewLine(text);
        var directives = root.Usings.Any() ? root.Usings : Inner(root, position);
        var plain = directives.Where(IsPlain).ToList();
        if (plain.Count > 0)
            return InsertSorted(plain, text, name, newLine);
        if (directives.FirstOrDefault(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)) is { } other)
            return InsertBefore(other, text, name, newLine);
        if (directives.LastOrDefault() is { } global)
            return InsertAfter(global, text, name, newLine);
        return InsertFirst(root, text, name, newLine);
    }

    private static TextChange InsertSorted(List<UsingDirectiveSyntax> plain, SourceText text, string name, string newLine)
    {
        var names = plain.ConvertAll(Name);
        Comparison<string> order = IsSorted(names, SystemFirst) ? SystemFirst
            : IsSorted(names, Ordinal) ? Ordinal
            : (left, right) => 0;
        var isSorted = IsSorted(names, SystemFirst) || IsSorted(names, Ordinal);
        if (!isSorted)
        {
            // Without an order a new one goes to the end of its kin, or to the end.
            var kin = names.FindLastIndex(existing => Head(existing) == Head(name));
            return InsertAfter(plain[kin >= 0 ? kin : plain.Count - 1], text, name, newLine);
        }

        var next = names.FindIndex(existing => order(existing, name) > 0);
        if (next < 0)
            return InsertAfter(plain[^1], text, name, newLine);
        // Between two groups, stand with the one that has the same root.
        if (next == 0 || (Head(names[next]) == Head(name) && Head(names[next - 1]) != Head(name)))
            return InsertBefore(plain[next], text, name, newLine);
        return InsertAfter(plain[next - 1], text, name, newLine);
    }

    private static TextChange InsertBefore(UsingDirectiveSyntax directive, SourceText text, string name, string newLine) =>
        new(new TextSpan(directive.SpanStart, 0),
            $"using {name};{newLine}{CodeStyleOf.IndentationAt(text, directive.SpanStart)}");

    private static TextChange InsertAfter(UsingDirectiveSyntax directive, SourceText text, string name, string newLine)
    {
        var end = text.Lines.GetLineFromPosition(directive.Span.End).End;
        return new(new TextSpan(end, 0), $"{newLine}{CodeStyleOf.IndentationAt(text, directive.SpanStart)}using {name};");
    }

    /// <summary>The first directive of a file stands below its banner and above everything else.</summary>
    private static TextChange InsertFirst(CompilationUnitSyntax root, SourceText text, string name, string newLine)
    {
        var above = root.Externs.LastOrDefault();
        var first = above?.GetLastToken().GetNextToken(includeZeroWidth: true) ?? root.GetFirstToken(includeZeroWidth: true);
        var position = above?.FullSpan.End ?? 0;
        var top = text.Lines.GetLineFromPosition(position).LineNumber;
        // A comment with an empty line below is the banner; one without belongs to the declaration.
        for (var line = text.Lines.GetLineFromPosition(first.SpanStart).LineNumber - 1; line >= top && line > 0; line--)
        {
            if (string.IsNullOrWhiteSpace(text.Lines[line].ToString()))
                return new(new TextSpan(text.Lines[line].EndIncludingLineBreak, 0), $"using {name};{newLine}{newLine}");
        }
        if (first.LeadingTrivia.LastOrDefault(trivia => trivia.IsDirective) is { RawKind: not 0 } directive)
            position = directive.FullSpan.End;
        return new(new TextSpan(position, 0), $"using {name};{newLine}{newLine}");
    }

    private static SyntaxList<UsingDirectiveSyntax> Inner(CompilationUnitSyntax root, int position) =>
        root.FindToken(position).Parent?.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>()
            .FirstOrDefault(declaration => declaration.Usings.Any())?.Usings ?? default;

    private static IEnumerable<UsingDirectiveSyntax> AllIn(BaseNamespaceDeclarationSyntax declaration) =>
        declaration.Usings.Concat(declaration.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(AllIn));

    private static bool IsPlain(UsingDirectiveSyntax directive) =>
        directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None);

    private static string Name(UsingDirectiveSyntax directive) => directive.NamespaceOrType.ToString();

    private static string Head(string name) => name.Split('.')[0];

    private static bool IsSorted(List<string> names, Comparison<string> order)
    {
        for (var i = 1; i < names.Count; i++)
        {
            if (order(names[i - 1], names[i]) > 0)
                return false;
        }
        return true;
    }

    private static int SystemFirst(string left, string right)
    {
        var (leftIsSystem, rightIsSystem) = (Head(left) == "System", Head(right) == "System");
        return leftIsSystem != rightIsSystem ? (leftIsSystem ? -1 : 1) : Ordinal(left, right);
    }

    private static int Ordinal(string left, string right)
    {
        var (lefts, rights) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            var order = string.Compare(lefts[i], rights[i], StringComparison.OrdinalIgnoreCase);
            if (order != 0)
                return order;
        }
        return lefts.Length.CompareTo(rights.Length);
    }
}
