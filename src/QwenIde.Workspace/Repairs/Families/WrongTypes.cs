using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A value of one type stands where another is wanted: converts the value, or declares what it is.</summary>
internal sealed class WrongTypes : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS0029", "CS0266", "CS1503", "CS0664", "CS0428", "CS1955", "CS1620", "CS1615", "CS0030", "CS1662", "CS4016"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        var expression = repair.Node is ArgumentSyntax argument ? argument.Expression : repair.Node as ExpressionSyntax;
        if (expression is null)
            return Task.CompletedTask;
        switch (repair.Id)
        {
            case "CS0428":
                repair.Offer($"Call '{expression}'", 0.95, SyntaxShapes.Insert(expression.Span.End, "()"));
                return Task.CompletedTask;
            case "CS1955" when expression.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { ArgumentList.Arguments.Count: 0 } call:
                repair.Offer($"Read '{call.Expression}' without calling it", 0.95, new TextChange(call.ArgumentList.Span, ""));
                return Task.CompletedTask;
            case "CS1620" or "CS1615":
                OfferRefKind(repair, expression);
                return Task.CompletedTask;
        }

        var from = expression is AssignmentExpressionSyntax assignment && repair.Id == "CS0029"
            ? repair.Model.GetTypeInfo(assignment.Left).Type : repair.Model.GetTypeInfo(expression).Type;
        if (from is null or IErrorTypeSymbol)
            return Task.CompletedTask;
        var isFirst = true;
        foreach (var to in Wanted(repair, expression, from).Distinct<ITypeSymbol>(SymbolEqualityComparer.IncludeNullability))
        {
            OfferWays(repair, expression, from, to, isFirst ? 0 : 0.02);
            isFirst = false;
        }
        OfferSwappedArguments(repair, expression);
        if (repair.Id != "CS1503")
            OfferDeclaredType(repair, expression, from);
        return Task.CompletedTask;
    }

    private static void OfferWays(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to, double malus)
    {
        foreach (var way in ValueConversions.Ways(repair, expression, from, to))
        {
            var edits = new List<TextChange> { SyntaxShapes.Replace(expression, Fit(expression, way.Text)) };
            if (way.Namespace is { } space && !IsImported(repair, space))
                edits.Add(UsingDirectives.Insert(repair.Root, repair.Text, space, expression.SpanStart));
            repair.Offer($"Change to '{Shorten(way.Text)}'", way.Score - malus, edits);
        }
    }

    private static bool IsImported(RepairContext repair, string space) =>
        repair.InScope(repair.Span.Start).OfType<INamedTypeSymbol>().Any(type => type.ContainingNamespace?.ToDisplayString() == space);

    /// <summary>An operator in the new text must not be torn apart by one around the old.</summary>
    private static string Fit(ExpressionSyntax expression, string text)
    {
        var isOperation = SyntaxFactory.ParseExpression(text) is BinaryExpressionSyntax or AwaitExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax;
        var isOperand = expression.Parent is BinaryExpressionSyntax or MemberAccessExpressionSyntax or PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax;
        return isOperation && isOperand ? $"({text})" : text;
    }

    /// <summary>The types that would fit the place.</summary>
    private static IEnumerable<ITypeSymbol> Wanted(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from)
    {
        var model = repair.Model;
        if (repair.Id == "CS1503" && expression.Parent is ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } list } argument)
        {
            var index = list.Arguments.IndexOf(argument);
            var info = model.GetSymbolInfo(call);
            var methods = info.CandidateSymbols.Append(info.Symbol).OfType<IMethodSymbol>()
                .OrderByDescending(method => method.Parameters.Length == list.Arguments.Count);
            foreach (var method in methods)
            {
                var parameter = argument.NameColon is { } name
                    ? method.Parameters.FirstOrDefault(candidate => candidate.Name == name.Name.Identifier.ValueText)
                    : index < method.Parameters.Length ? method.Parameters[index] : method.Parameters is [.., { IsParams: true } rest] ? rest : null;
                if (parameter is not null && parameter.RefKind == RefKind.None && !repair.Converts(from, parameter.Type))
                    yield return parameter.Type;
            }
            yield break;
        }
        if (Target(repair, expression) is { } target)
            yield return target;
        else if (model.GetTypeInfo(expression).ConvertedType is { } converted && !SymbolEqualityComparer.Default.Equals(converted, from))
            yield return converted;
    }

    private static ITypeSymbol? Target(RepairContext repair, ExpressionSyntax expression) => expression.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => repair.Model.GetTypeInfo(declaration.Type).Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => repair.Model.GetTypeInfo(property.Type).Type,
        EqualsValueClauseSyntax { Parent: ParameterSyntax { Type: { } type } } => repair.Model.GetTypeInfo(type).Type,
        AssignmentExpressionSyntax assignment when assignment.Right == expression => repair.Model.GetTypeInfo(assignment.Left).Type,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax => Result(repair, expression),
        IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => repair.Compilation.GetSpecialType(SpecialType.System_Boolean),
        PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.LogicalNotExpression) => repair.Compilation.GetSpecialType(SpecialType.System_Boolean),
        ConditionalExpressionSyntax conditional when conditional.Condition == expression => repair.Compilation.GetSpecialType(SpecialType.System_Boolean),
        ConditionalExpressionSyntax conditional => Target(repair, conditional),
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } => Target(repair, choice),
        ParenthesizedExpressionSyntax parenthesized => Target(repair, parenthesized),
        _ => null,
    };

    private static ITypeSymbol? Result(RepairContext repair, ExpressionSyntax expression)
    {
        var function = expression.Parent is AnonymousFunctionExpressionSyntax lambda ? lambda : expression.EnclosingFunction();
        return function is not null && repair.Model.FunctionSymbol(function) is { } method ? SyntaxShapes.ResultType(method) : null;
    }

    /// <summary>The declaration may be what is wrong: a local, a field, or the return type.</summary>
    private static void OfferDeclaredType(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from)
    {
        var type = expression.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } } => declaration.Type,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => expression.EnclosingFunction() switch
            {
                PropertyDeclarationSyntax property => property.Type,
                { } function when !function.IsAsync() => function.ReturnType(),
                _ => null,
            },
            _ => null,
        };
        if (type is null || from.SpecialType == SpecialType.System_Void)
            return;
        var isLocal = type.Parent?.Parent is LocalDeclarationStatementSyntax;
        var usesVar = isLocal && repair.Root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>()
            .Count(statement => statement.Declaration.Type.IsVar) is var count && count > 0;
        var text = repair.Write(from, type.SpanStart);
        var score = isLocal ? (repair.Id == "CS0266" ? 0.66 : 0.74) : 0.62;
        repair.Offer($"Declare as '{text}'", score, SyntaxShapes.Replace(type, text));
        if (usesVar)
            repair.Offer("Declare as 'var'", score - 0.01, SyntaxShapes.Replace(type, "var"));
    }

    private static void OfferSwappedArguments(RepairContext repair, ExpressionSyntax expression)
    {
        if (expression.Parent is not ArgumentSyntax { Parent: BaseArgumentListSyntax list } argument)
            return;
        foreach (var other in list.Arguments.Where(other => other != argument && other.NameColon is null))
        {
            repair.Offer(
                $"Swap '{Shorten(expression.ToString())}' and '{Shorten(other.ToString())}'", 0.93,
                SyntaxShapes.Replace(argument, other.ToString()), SyntaxShapes.Replace(other, argument.ToString()));
        }
    }

    private static void OfferRefKind(RepairContext repair, ExpressionSyntax expression)
    {
        if (expression.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument)
            return;
        if (repair.Id == "CS1615")
        {
            repair.Offer($"Remove '{argument.RefKindKeyword}'", 0.95, new TextChange(TextSpan.FromBounds(argument.RefKindKeyword.SpanStart, argument.Expression.SpanStart), ""));
            return;
        }
        foreach (var keyword in new[] { "out", "ref", "in" })
            repair.Offer($"Pass with '{keyword}'", keyword == "out" ? 0.95 : 0.94, SyntaxShapes.Insert(argument.Expression.SpanStart, keyword + " "));
    }

    private static string Shorten(string text) => text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal) ? text : string.Concat(text.AsSpan(0, Math.Min(text.Length, 40)).TrimEnd(), "…");
}
