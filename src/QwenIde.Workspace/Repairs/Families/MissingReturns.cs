using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A path of a function ends without a value: returns what was computed, or what the other paths leave open.</summary>
internal sealed class MissingReturns : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } = ["CS0161", "CS1643", "CS0126"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent?.EnclosingFunction() is not { } function
            || function.Block() is not { } block
            || repair.Model.FunctionSymbol(function) is not { } method)
            return Task.CompletedTask;
        if (SyntaxShapes.ResultType(method) is not { } type)
            return Task.CompletedTask;

        if (repair.Id == "CS0126")
        {
            if (repair.Root.FindToken(repair.Span.Start).Parent is ReturnStatementSyntax empty)
            {
                foreach (var (value, score) in Values(repair, function, block, method, type))
                    repair.Offer($"return {value};", score, SyntaxShapes.Replace(empty, $"return {value};"));
            }
            return Task.CompletedTask;
        }

        foreach (var statement in function.OwnNodes().OfType<ExpressionStatementSyntax>().Where(statement => IsValue(repair, statement, type)))
        {
            // The last statement that has the wanted value is all but surely the one.
            var isLast = statement == block.Statements.LastOrDefault();
            repair.Offer($"return {statement.Expression};", isLast ? 0.93 : 0.8, SyntaxShapes.Insert(statement.SpanStart, "return "));
        }
        foreach (var (value, score) in Values(repair, function, block, method, type))
            repair.Offer($"return {value};", score, AtEnd(repair, block, $"return {value};"));
        OfferThrow(repair, function, block);
        return Task.CompletedTask;
    }

    private static bool IsValue(RepairContext repair, ExpressionStatementSyntax statement, ITypeSymbol type) =>
        statement.Expression is not AssignmentExpressionSyntax
        && !statement.Expression.IsKind(SyntaxKind.PostIncrementExpression) && !statement.Expression.IsKind(SyntaxKind.PostDecrementExpression)
        && repair.Model.GetTypeInfo(statement.Expression).Type is { SpecialType: not SpecialType.System_Void } found
        && repair.Converts(found, type);

    private static IEnumerable<(string Value, double Score)> Values(
        RepairContext repair, SyntaxNode function, BlockSyntax block, IMethodSymbol method, ITypeSymbol type)
    {
        var returns = function.OwnNodes().OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is not null).ToList();
        var end = block.CloseBraceToken.SpanStart;
        var hasReturns = returns.Count > 0;

        // What the other paths return tells what is left to say.
        if (type.SpecialType == SpecialType.System_Boolean)
        {
            if (hasReturns && returns.All(statement => statement.Expression.IsKind(SyntaxKind.TrueLiteralExpression)))
                yield return ("false", 0.92);
            else if (hasReturns && returns.All(statement => statement.Expression.IsKind(SyntaxKind.FalseLiteralExpression)))
                yield return ("true", 0.92);
            else
                yield return ("false", 0.6);
        }
        foreach (var (value, score) in Locals(repair, function, block, type))
            yield return (value, hasReturns ? score - 0.2 : score);
        if (!method.IsStatic && SymbolEqualityComparer.Default.Equals(method.ContainingType, type) && !hasReturns)
            yield return ("this", 0.9);
        if (SyntaxShapes.IsTask(type))
        {
            yield return type is INamedTypeSymbol { TypeArguments: [var result] } && NeutralValue.Of(result, repair, end) is { } inner
                ? ($"{type.Name}.FromResult({inner})", 0.5) : ($"{type.Name}.CompletedTask", 0.9);
        }
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        if (isNullable)
            yield return (type is ITypeParameterSymbol ? "default" : "null", 0.88);
        if (IsIndex(method.Name) && type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            yield return ("-1", 0.86);
        if (NeutralValue.Of(type, repair, end) is { } neutral && type.SpecialType != SpecialType.System_Boolean)
            yield return (neutral, NeutralValue.IsCollection(type) ? 0.7 : 0.55);
        foreach (var parameter in method.Parameters.Where(parameter => repair.Converts(parameter.Type, type) && parameter.RefKind == RefKind.None))
            yield return (parameter.Name, SymbolEqualityComparer.Default.Equals(parameter.Type, type) ? 0.48 : 0.4);
    }

    /// <summary>Locals of the function's own block that hold a value of the type; the one declared and filled last is likeliest.</summary>
    private static IEnumerable<(string Value, double Score)> Locals(
        RepairContext repair, SyntaxNode function, BlockSyntax block, ITypeSymbol type)
    {
        var declarators = block.Statements.OfType<LocalDeclarationStatementSyntax>()
            .SelectMany(statement => statement.Declaration.Variables).ToList();
        for (var i = 0; i < declarators.Count; i++)
        {
            if (repair.Model.GetDeclaredSymbol(declarators[i]) is not ILocalSymbol local)
                continue;
            var isFilled = function.OwnNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => Names(assignment.Left, local.Name))
                || function.OwnNodes().OfType<MemberAccessExpressionSyntax>().Any(access => Names(access.Expression, local.Name));
            var isNamed = local.Name is "result" or "results" || NameDistance.Words(function is MethodDeclarationSyntax named ? named.Identifier.ValueText : "")
                .Contains(local.Name.ToUpperInvariant());
            var nameBonus = isNamed ? 0.03 : 0;
            var position = (isFilled ? 0.03 : 0) + (0.002 * i) + nameBonus;
            if (SymbolEqualityComparer.Default.Equals(local.Type, type))
                yield return (local.Name, 0.84 + position);
            else if (repair.Converts(local.Type, type))
                yield return (local.Name, (type.SpecialType == SpecialType.System_Object ? 0.5 : 0.78) + position);
            else if (local.Type.Name == "StringBuilder" && type.SpecialType == SpecialType.System_String)
                yield return (local.Name + ".ToString()", 0.84 + position);
            else if (type is IArrayTypeSymbol array && local.Type is INamedTypeSymbol { TypeArguments: [var element] } && local.Type.GetMembers("ToArray").Any()
                && SymbolEqualityComparer.Default.Equals(array.ElementType, element))
                yield return (local.Name + ".ToArray()", 0.84 + position);
        }
    }

    private static bool Names(ExpressionSyntax expression, string name) =>
        expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
        || expression is ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax array } && array.Identifier.ValueText == name;

    private static bool IsIndex(string name) =>
        NameDistance.Words(name) is var words && words.Any(word => word is "INDEX" or "POSITION" or "OFFSET" or "FIND" or "SEARCH");

    /// <summary>Cases that a switch does not know are a fault of the caller, and said so.</summary>
    private static void OfferThrow(RepairContext repair, SyntaxNode function, BlockSyntax block)
    {
        var subject = block.Statements.LastOrDefault() switch
        {
            SwitchStatementSyntax { Expression: var expression } => expression,
            _ => null,
        };
        if (subject is not null)
        {
            var argument = subject is IdentifierNameSyntax name && repair.Model.GetSymbolInfo(name).Symbol is IParameterSymbol
                ? $"nameof({subject}), {subject}, null" : $"nameof({subject})";
            repair.Offer(
                "throw new ArgumentOutOfRangeException", 0.82,
                AtEnd(repair, block, $"throw new {System(repair, "ArgumentOutOfRangeException", block)}({argument});"));
        }
        var member = function is MethodDeclarationSyntax method ? method.Identifier.ValueText : "the operation";
        repair.Offer(
            "throw new InvalidOperationException", 0.3,
            AtEnd(repair, block, $"throw new {System(repair, "InvalidOperationException", block)}(\"{member} has no result.\");"));
    }

    private static string System(RepairContext repair, string name, SyntaxNode place) =>
        repair.Compilation.GetTypeByMetadataName("System." + name) is { } type ? repair.Write(type, place.SpanStart) : "System." + name;

    private static TextChange AtEnd(RepairContext repair, BlockSyntax block, string statement)
    {
        if (block.Statements.LastOrDefault() is { } last && repair.Text.Lines.GetLineFromPosition(last.Span.End).LineNumber
            != repair.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).LineNumber)
        {
            var end = repair.Text.Lines.GetLineFromPosition(last.Span.End).End;
            return SyntaxShapes.Insert(end, $"{repair.NewLine}{CodeStyleOf.IndentationAt(repair.Text, last.SpanStart)}{statement}");
        }
        var isOneLine = repair.Text.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).LineNumber
            == repair.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).LineNumber;
        if (isOneLine)
            return SyntaxShapes.Insert(block.CloseBraceToken.SpanStart, statement + " ");
        var indentation = CodeStyleOf.IndentationAt(repair.Text, block.CloseBraceToken.SpanStart);
        return SyntaxShapes.Insert(
            repair.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).Start,
            $"{indentation}{repair.Indentation}{statement}{repair.NewLine}");
    }
}
