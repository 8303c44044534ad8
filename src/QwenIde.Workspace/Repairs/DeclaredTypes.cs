using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Repairs;

/// <summary>Where the type of a symbol is written.</summary>
internal static class DeclaredTypes
{
    /// <summary>The written type of a local, parameter, field, property, or the result of a method; null if it is nowhere in source.</summary>
    public static TypeSyntax? Of(ISymbol? symbol, CancellationToken cancellationToken) =>
        symbol?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => declaration.Type,
            ParameterSyntax parameter => parameter.Type,
            PropertyDeclarationSyntax property => property.Type,
            SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax expression } => expression.Type,
            ForEachStatementSyntax loop => loop.Type,
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            IndexerDeclarationSyntax indexer => indexer.Type,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Type,
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
            _ => null,
        };

    /// <summary>Offers to declare a symbol nullable, wherever it is declared.</summary>
    public static void OfferNullable(RepairContext repair, ISymbol? symbol, double score)
    {
        var type = Of(symbol, repair.CancellationToken);
        if (symbol is IMethodSymbol { IsAsync: true } or IMethodSymbol { ReturnType.Name: "Task" or "ValueTask" } && type is GenericNameSyntax { TypeArgumentList.Arguments: [var result] })
            type = result;
        if (type is null or NullableTypeSyntax || type.IsVar)
            return;
        repair.OfferIn(type.SyntaxTree, $"Declare '{symbol!.Name}' as '{type}?'", score, SyntaxShapes.Insert(type.Span.End, "?"));
    }
}
