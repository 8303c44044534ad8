using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A local is read before it surely has a value: gives it one where it is declared.</summary>
internal sealed class UnassignedLocals : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } = ["CS0165", "CS0170"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Model.GetSymbolInfo(repair.Node, repair.CancellationToken).Symbol is not ILocalSymbol local
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(repair.CancellationToken)
                is not VariableDeclaratorSyntax { Initializer: null, Parent: VariableDeclarationSyntax declaration } declarator)
            return Task.CompletedTask;

        var end = declarator.Span.End;
        var neutral = NeutralValue.Of(local.Type, repair, end);
        if (neutral is not null)
            repair.Offer($"Initialize '{local.Name}' with {neutral}", 0.85, SyntaxShapes.Insert(end, $" = {neutral}"));
        if (local.Type.IsReferenceType && local.Type.NullableAnnotation != NullableAnnotation.Annotated)
        {
            repair.Offer(
                $"Declare '{local.Name}' as nullable and initialize it with null", 0.6,
                SyntaxShapes.Insert(declaration.Type.Span.End, "?"), SyntaxShapes.Insert(end, " = null"));
        }
        repair.Offer($"Initialize '{local.Name}' with default", 0.35, SyntaxShapes.Insert(end, " = default"));
        return Task.CompletedTask;
    }
}
