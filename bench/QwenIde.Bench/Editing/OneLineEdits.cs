using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Bench.Editing;

/// <summary>A place where a line can be changed so that it still compiles.</summary>
/// <param name="Position">Where something is inserted.</param>
/// <param name="Format">What, with a number to be filled in that makes each change another.</param>
internal sealed record EditSite(int Position, string Format)
{
    /// <summary>The change.</summary>
    public TextChange Make(int number) =>
        new(new TextSpan(Position, 0), string.Format(CultureInfo.InvariantCulture, Format, number));
}

/// <summary>Finds the places of one-line changes: a statement added to a body, a parameter added to a signature.</summary>
internal static class OneLineEdits
{
    /// <summary>The bodies of methods.</summary>
    public static IEnumerable<EditSite> Bodies(SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.Body is { Statements.Count: > 0 }
        select new EditSite(method.Body!.Statements[0].SpanStart, "_ = {0}; ");

    /// <summary>The signatures of methods that others can call.</summary>
    public static IEnumerable<EditSite> Signatures(SyntaxNode root) =>
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && !method.Modifiers.Any(SyntaxKind.PartialKeyword)
            && !method.Modifiers.Any(SyntaxKind.PrivateKeyword)
            && method.ExplicitInterfaceSpecifier is null
            && method.ParameterList.Parameters.All(parameter => !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
        let comma = method.ParameterList.Parameters.Count > 0 ? ", " : ""
        select new EditSite(method.ParameterList.CloseParenToken.SpanStart, comma + "int added{0} = 0");
}
