using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Bench.Planting;

/// <summary>The mistakes to plant, in the order in which a run goes through them.</summary>
internal static class Planters
{
    private const int ShortestMisspeltName = 5;

    private static readonly Dictionary<string, string> _narrower = new(StringComparer.Ordinal)
    {
        ["long"] = "int",
        ["double"] = "int",
        ["decimal"] = "int",
        ["int"] = "byte",
        ["object"] = "string",
        ["string"] = "int",
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<Planter> All { get; } =
    [
        new("using removed", UsingRemoved),
        new("member misspelt", root => Misspelt(root, name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name)),
        new("semicolon dropped", SemicolonDropped),
        new("await dropped", AwaitDropped),
        new("last return dropped", LastReturnDropped),
        new("interface member removed", InterfaceMemberRemoved),
        new("local's type narrowed", LocalNarrowed),
        new("type misspelt", root => Misspelt(root, name => name.Parent is ObjectCreationExpressionSyntax or ParameterSyntax or VariableDeclarationSyntax)),
        new("async dropped", AsyncDropped),
        new("method made private", MadePrivate),
        new("parenthesis dropped", ParenthesisDropped),
        new("argument removed", ArgumentRemoved),
        new("initial value removed", InitialValueRemoved),
    ];

    private static IEnumerable<Plant> UsingRemoved(SyntaxNode root) =>
        from directive in root.DescendantNodes().OfType<UsingDirectiveSyntax>()
        where directive.Alias is null && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.Name is not null
        select new Plant(new TextChange(LinesOf(directive), ""), $"{directive} removed");

    private static IEnumerable<Plant> Misspelt(SyntaxNode root, Func<SimpleNameSyntax, bool> isWanted) =>
        from name in root.DescendantNodes().OfType<SimpleNameSyntax>()
        where name.Identifier.ValueText.Length >= ShortestMisspeltName && isWanted(name)
        let misspelt = WithTwoLettersSwapped(name.Identifier.ValueText)
        where misspelt != name.Identifier.ValueText
        select new Plant(new TextChange(name.Identifier.Span, misspelt), $"{name.Identifier} → {misspelt}");

    private static IEnumerable<Plant> SemicolonDropped(SyntaxNode root) =>
        from statement in root.DescendantNodes().OfType<StatementSyntax>()
        where statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax
        let semicolon = statement.GetLastToken()
        where semicolon.IsKind(SyntaxKind.SemicolonToken)
        select new Plant(new TextChange(semicolon.Span, ""), "; dropped");

    private static IEnumerable<Plant> AwaitDropped(SyntaxNode root) =>
        from expression in root.DescendantNodes().OfType<AwaitExpressionSyntax>()
        let word = TextSpan.FromBounds(expression.AwaitKeyword.SpanStart, expression.Expression.SpanStart)
        select new Plant(new TextChange(word, ""), $"await of {OneLine(expression.Expression)} dropped");

    private static IEnumerable<Plant> LastReturnDropped(SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let last = method.Body?.Statements.LastOrDefault() as ReturnStatementSyntax
        where last?.Expression is not null && method.Body!.Statements.Count > 1
        select new Plant(new TextChange(LinesOf(last), ""), $"{OneLine(last)} dropped");

    private static IEnumerable<Plant> InterfaceMemberRemoved(SyntaxNode root) =>
        from type in root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type is not InterfaceDeclarationSyntax
            && type.BaseList?.Types.Any(entry => IsInterfaceName(entry.Type)) == true
        from member in type.Members
        where member is MethodDeclarationSyntax or PropertyDeclarationSyntax
            && member.Modifiers.Any(SyntaxKind.PublicKeyword)
            && !member.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !member.Modifiers.Any(SyntaxKind.OverrideKeyword)
        select new Plant(new TextChange(LinesOf(member), ""), $"{NameOf(member)} removed from {type.Identifier}");

    private static IEnumerable<Plant> LocalNarrowed(SyntaxNode root) =>
        from local in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
        let type = local.Declaration.Type
        where !local.IsConst && _narrower.ContainsKey(type.ToString())
            && local.Declaration.Variables.All(variable => variable.Initializer?.Value is not (null or LiteralExpressionSyntax))
        let narrower = _narrower[type.ToString()]
        select new Plant(new TextChange(type.Span, narrower), $"{type} → {narrower} in {OneLine(local)}");

    private static IEnumerable<Plant> AsyncDropped(SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let word = method.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword))
        where !word.IsKind(SyntaxKind.None)
        select new Plant(new TextChange(TextSpan.FromBounds(word.SpanStart, word.GetNextToken().SpanStart), ""), $"async of {method.Identifier} dropped");

    private static IEnumerable<Plant> MadePrivate(SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.Parent is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
            && method.Modifiers.Count(IsAccess) == 1
            && !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && !method.Modifiers.Any(SyntaxKind.VirtualKeyword)
            && !method.Modifiers.Any(SyntaxKind.AbstractKeyword)
        let access = method.Modifiers.First(IsAccess)
        where !access.IsKind(SyntaxKind.PrivateKeyword)
        select new Plant(new TextChange(access.Span, "private"), $"{method.Identifier} made private");

    private static IEnumerable<Plant> ParenthesisDropped(SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let parenthesis = call.ArgumentList.CloseParenToken
        where !parenthesis.IsMissing && call.Parent is ExpressionStatementSyntax or EqualsValueClauseSyntax
        select new Plant(new TextChange(parenthesis.Span, ""), $") of {OneLine(call)} dropped");

    private static IEnumerable<Plant> ArgumentRemoved(SyntaxNode root) =>
        from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let arguments = call.ArgumentList.Arguments
        where arguments.Count > 0
        let start = arguments.Count > 1 ? arguments.GetSeparator(arguments.Count - 2).SpanStart : arguments[0].SpanStart
        select new Plant(
            new TextChange(TextSpan.FromBounds(start, arguments[^1].Span.End), ""),
            $"{OneLine(arguments[^1])} removed from {OneLine(call)}");

    private static IEnumerable<Plant> InitialValueRemoved(SyntaxNode root) =>
        from local in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
        where !local.IsConst && !local.Declaration.Type.IsVar && local.UsingKeyword.IsKind(SyntaxKind.None)
        from variable in local.Declaration.Variables
        where variable.Initializer is not null
        select new Plant(
            new TextChange(TextSpan.FromBounds(variable.Identifier.Span.End, variable.Span.End), ""),
            $"{OneLine(variable.Initializer!)} removed from {variable.Identifier}");

    private static bool IsAccess(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword;

    private static bool IsInterfaceName(TypeSyntax type) =>
        type is SimpleNameSyntax { Identifier.ValueText: ['I', var second, ..] } && char.IsAsciiLetterUpper(second);

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => member.Kind().ToString(),
    };

    // From the middle outwards would be no better: any two neighbours that differ will do, and the first letter stays.
    private static string WithTwoLettersSwapped(string name)
    {
        for (var index = name.Length / 2; index < name.Length - 1; index++)
        {
            if (name[index] != name[index + 1])
                return $"{name[..index]}{name[index + 1]}{name[index]}{name[(index + 2)..]}";
        }
        return name;
    }

    // The node's lines as a whole, line break included, if nothing else stands on them.
    private static TextSpan LinesOf(SyntaxNode node)
    {
        SourceText text = node.SyntaxTree.GetText();
        TextLine first = text.Lines.GetLineFromPosition(node.SpanStart);
        TextLine last = text.Lines.GetLineFromPosition(node.Span.End);
        var isAlone = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, node.SpanStart)))
            && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(node.Span.End, last.End)));
        return isAlone ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak) : node.Span;
    }

    private static string OneLine(SyntaxNode node)
    {
        const int longest = 60;
        var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= longest ? text : $"{text[..longest]}…";
    }
}
