using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>Shapes of syntax that several families look for.</summary>
internal static class SyntaxShapes
{
    /// <summary>The method, accessor, local function or lambda around a node, the nearest one.</summary>
    public static SyntaxNode? EnclosingFunction(this SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(IsFunction);

    /// <summary>Whether a node has a body of its own that <c>return</c> leaves.</summary>
    public static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
            or PropertyDeclarationSyntax { ExpressionBody: not null };

    /// <summary>Nodes of a function without those of functions nested in it.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(this SyntaxNode function) =>
        function.DescendantNodes(node => node == function || !IsFunction(node));

    /// <summary>The block of a function, if it has one.</summary>
    public static BlockSyntax? Block(this SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body,
        AccessorDeclarationSyntax accessor => accessor.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    /// <summary>The modifiers of a function.</summary>
    public static SyntaxTokenList Modifiers(this SyntaxNode function) => function switch
    {
        MemberDeclarationSyntax member => member.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
        _ => default,
    };

    /// <summary>Whether a function is marked <c>async</c>.</summary>
    public static bool IsAsync(this SyntaxNode function) => function.Modifiers().Any(SyntaxKind.AsyncKeyword);

    /// <summary>The written return type of a method or local function.</summary>
    public static TypeSyntax? ReturnType(this SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        LocalFunctionStatementSyntax local => local.ReturnType,
        _ => null,
    };

    /// <summary>The method symbol of a function.</summary>
    public static IMethodSymbol? FunctionSymbol(this SemanticModel model, SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => model.GetSymbolInfo(lambda).Symbol as IMethodSymbol,
        PropertyDeclarationSyntax property => (model.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod,
        _ => model.GetDeclaredSymbol(function) as IMethodSymbol,
    };

    /// <summary>The value that a function gives: for an async one, what its task yields; null for none.</summary>
    public static ITypeSymbol? ResultType(IMethodSymbol method)
    {
        if (!method.IsAsync)
            return method.ReturnsVoid ? null : method.ReturnType;
        return method.ReturnType is INamedTypeSymbol { TypeArguments: [var result] } && IsTask(method.ReturnType) ? result : null;
    }

    /// <summary>Whether a type is Task, ValueTask, or one of them with a result.</summary>
    public static bool IsTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    /// <summary>Whether an expression must stand in parentheses to be operated on as a whole.</summary>
    public static bool NeedsParentheses(ExpressionSyntax expression) =>
        expression is not (SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or BaseObjectCreationExpressionSyntax or ThisExpressionSyntax
            or InterpolatedStringExpressionSyntax or TypeOfExpressionSyntax or PredefinedTypeSyntax or PostfixUnaryExpressionSyntax);

    /// <summary>The text of an expression, in parentheses where it needs them to be operated on.</summary>
    public static string Operand(ExpressionSyntax expression) => NeedsParentheses(expression) ? $"({expression})" : expression.ToString();

    /// <summary>An edit that puts a text in front of a position.</summary>
    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    /// <summary>An edit that replaces a node, its trivia kept.</summary>
    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    /// <summary>The span of whole lines that a node stands on alone, its leading comments kept; else the node's own span.</summary>
    public static TextSpan LinesOf(SourceText text, TextSpan span)
    {
        var first = text.Lines.GetLineFromPosition(span.Start);
        var last = text.Lines.GetLineFromPosition(span.End);
        var before = text.ToString(TextSpan.FromBounds(first.Start, span.Start));
        var after = text.ToString(TextSpan.FromBounds(span.End, last.End)).TrimStart();
        var isAlone = string.IsNullOrWhiteSpace(before) && (after.Length == 0 || after.StartsWith("//", StringComparison.Ordinal));
        return isAlone ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak) : span;
    }
}
