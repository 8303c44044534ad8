using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>Null may arrive where it must not: steps around it, names what to take instead, or says that null is welcome.</summary>
internal sealed class PossibleNulls : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS8600", "CS8601", "CS8602", "CS8603", "CS8604", "CS8605", "CS8625", "CS8629", "CS1061"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        var expression = repair.Node switch
        {
            ArgumentSyntax argument => argument.Expression,
            ExpressionSyntax found => found,
            EqualsValueClauseSyntax clause => clause.Value,
            _ => repair.Enclosing<ExpressionSyntax>(),
        };
        if (repair.Root.FindToken(repair.Span.Start).Parent?.FirstAncestorOrSelf<DeclarationExpressionSyntax>() is { } declaration && repair.Id == "CS8600")
        {
            repair.Offer("Declare as 'var'", 0.88, SyntaxShapes.Replace(declaration.Type, "var"));
            repair.Offer($"Declare as '{declaration.Type}?'", 0.9, SyntaxShapes.Insert(declaration.Type.Span.End, "?"));
            return Task.CompletedTask;
        }
        if (expression is null)
            return Task.CompletedTask;
        if (repair.Id == "CS1061")
        {
            OfferMemberOfValue(repair, expression);
            return Task.CompletedTask;
        }

        switch (repair.Id)
        {
            case "CS8602" or "CS8629":
                OfferAccess(repair, expression);
                break;
            case "CS8603":
                OfferResult(repair, expression);
                break;
            case "CS8604":
                OfferInstead(repair, expression, Parameter(repair, expression)?.Type, 0.72);
                DeclaredTypes.OfferNullable(repair, Parameter(repair, expression), 0.745);
                OfferGuards(repair, expression);
                break;
            case "CS8625":
                OfferNullLiteral(repair, expression);
                break;
            default:
                OfferAssignment(repair, expression);
                break;
        }
        OfferCertain(repair, expression);
        if (repair.Id != "CS8625" && expression is not LiteralExpressionSyntax)
            repair.Offer("Assert that it is not null with '!'", 0.2, SyntaxShapes.Replace(expression, SyntaxShapes.Operand(expression) + "!"));
        return Task.CompletedTask;
    }

    /// <summary>A member is asked of a nullable value that the value itself has.</summary>
    private static void OfferMemberOfValue(RepairContext repair, ExpressionSyntax expression)
    {
        if (expression.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { } access || access.Name.Span != repair.Span
            || repair.Model.GetTypeInfo(access.Expression).Type is not INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } type
            || !repair.Model.LookupSymbols(access.SpanStart, type.TypeArguments[0], access.Name.Identifier.ValueText, includeReducedExtensionMethods: true).Any())
            return;
        var dot = access.OperatorToken.SpanStart;
        repair.Offer("Access with '.Value'", 0.9, SyntaxShapes.Insert(dot, ".Value"));
        repair.Offer("Access with '?.'", 0.84, SyntaxShapes.Insert(dot, "?"));
        var chain = Chain(access.Expression);
        var members = repair.Model.LookupSymbols(access.SpanStart, type.TypeArguments[0], access.Name.Identifier.ValueText);
        var result = members.FirstOrDefault() switch { IPropertySymbol property => property.Type, IMethodSymbol method => method.ReturnType, IFieldSymbol field => field.Type, _ => null };
        if (result is null || NeutralValue.Of(result, repair, access.SpanStart) is not { } neutral)
            return;
        var text = chain.ToString().Insert(dot - chain.SpanStart, "?");
        repair.Offer($"Take {neutral} where it is null", 0.8, SyntaxShapes.Replace(chain, Parenthesize(chain, $"{text} ?? {neutral}")));
    }

    private static void OfferAccess(RepairContext repair, ExpressionSyntax receiver)
    {
        OfferGuards(repair, receiver);
        if (repair.Id == "CS8629")
        {
            var value = receiver.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } access ? (ExpressionSyntax)access : receiver;
            if (repair.Model.GetTypeInfo(receiver).Type is INamedTypeSymbol { TypeArguments: [var inner] } && NeutralValue.Of(inner, repair, value.SpanStart) is { } zero)
            {
                repair.Offer($"Take {zero} instead of null", 0.76, SyntaxShapes.Replace(value, Parenthesize(value, $"{SyntaxShapes.Operand(receiver)} ?? {zero}")));
                repair.Offer("GetValueOrDefault()", 0.68, SyntaxShapes.Replace(value, $"{SyntaxShapes.Operand(receiver)}.GetValueOrDefault()"));
            }
            return;
        }
        if (receiver.Parent is ForEachStatementSyntax or SpreadElementSyntax)
        {
            OfferInstead(repair, receiver, repair.Model.GetTypeInfo(receiver).Type, 0.85);
            return;
        }
        OfferCondition(repair, receiver);
        var dot = receiver.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == receiver => access.OperatorToken.SpanStart,
            ElementAccessExpressionSyntax element when element.Expression == receiver => element.ArgumentList.SpanStart,
            _ => -1,
        };
        if (dot < 0)
            return;
        var question = SyntaxShapes.Insert(dot, "?");
        var chain = Chain(receiver);
        var isStatement = chain.Parent is ExpressionStatementSyntax;
        repair.Offer($"Access with '{receiver}?.'", isStatement ? 0.9 : 0.8, question);
        var type = repair.Model.GetTypeInfo(chain).Type;
        if (isStatement || type is null || type.SpecialType == SpecialType.System_Void)
            return;
        var text = chain.ToString().Insert(dot - chain.SpanStart, "?");
        if (type.SpecialType == SpecialType.System_Boolean)
            repair.Offer("Ask for true", 0.78, SyntaxShapes.Replace(chain, Parenthesize(chain, $"{text} == true")));
        else if (NeutralValue.Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), repair, chain.SpanStart) is { } neutral)
            repair.Offer($"Take {neutral} where it is null", 0.77, SyntaxShapes.Replace(chain, Parenthesize(chain, $"{text} ?? {neutral}")));
    }

    /// <summary>A statement that only makes sense with the value is done only with it.</summary>
    private static void OfferCondition(RepairContext repair, ExpressionSyntax receiver)
    {
        if (receiver is not (IdentifierNameSyntax or MemberAccessExpressionSyntax)
            || receiver.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax } statement)
            return;
        var indentation = CodeStyleOf.IndentationAt(repair.Text, statement.SpanStart);
        repair.Offer(
            $"Only if {receiver} is not null", 0.7,
            SyntaxShapes.Insert(statement.SpanStart, $"if ({receiver} is not null){repair.NewLine}{indentation}{repair.Indentation}"));
    }

    private static void OfferResult(RepairContext repair, ExpressionSyntax value)
    {
        var function = value.EnclosingFunction();
        if (function is null || repair.Model.FunctionSymbol(function) is not { } method)
            return;
        var result = SyntaxShapes.ResultType(method);
        var isEmptyBetter = result is not null && NeutralValue.IsCollection(result);
        DeclaredTypes.OfferNullable(repair, method.AssociatedSymbol ?? method, isEmptyBetter ? 0.78 : 0.85);
        OfferInstead(repair, value, result, isEmptyBetter ? 0.84 : 0.7);
        if (!value.IsKind(SyntaxKind.NullLiteralExpression) && repair.Compilation.GetTypeByMetadataName("System.InvalidOperationException") is { } exception)
        {
            repair.Offer("Throw where it is null", 0.62, SyntaxShapes.Replace(
                value, $"{Left(value)} ?? throw new {repair.Write(exception, value.SpanStart)}(\"There is no {NameDistance.Sentence(method.Name).ToLowerInvariant()}.\")"));
        }
    }

    private static void OfferNullLiteral(RepairContext repair, ExpressionSyntax value)
    {
        ISymbol? target = value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: { } declared } => repair.Model.GetDeclaredSymbol(declared),
            AssignmentExpressionSyntax assignment => repair.Model.GetSymbolInfo(assignment.Left).Symbol,
            ArgumentSyntax => Parameter(repair, value),
            _ => null,
        };
        DeclaredTypes.OfferNullable(repair, target, 0.9);
        var type = target switch
        {
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            ILocalSymbol local => local.Type,
            _ => repair.Model.GetTypeInfo(value).ConvertedType,
        };
        if (type is not null && value.Parent is not EqualsValueClauseSyntax { Parent: ParameterSyntax })
            OfferInstead(repair, value, type, 0.7);
    }

    private static void OfferAssignment(RepairContext repair, ExpressionSyntax value)
    {
        ISymbol? target = value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: { } declared } => repair.Model.GetDeclaredSymbol(declared),
            AssignmentExpressionSyntax assignment when assignment.Right == value => repair.Model.GetSymbolInfo(assignment.Left).Symbol,
            _ => null,
        };
        if (value is CastExpressionSyntax { Type: not NullableTypeSyntax } cast)
            repair.Offer($"Cast to '{cast.Type}?'", 0.9, SyntaxShapes.Insert(cast.Type.Span.End, "?"));
        if (value.IsKind(SyntaxKind.AsExpression) && value is BinaryExpressionSyntax conversion)
            repair.Offer($"Cast to '{conversion.Right}'", 0.6, SyntaxShapes.Replace(value, $"({conversion.Right}){SyntaxShapes.Operand(conversion.Left)}"));
        DeclaredTypes.OfferNullable(repair, target, target is ILocalSymbol ? 0.9 : 0.74);
        var type = target switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => repair.Model.GetTypeInfo(value).ConvertedType,
        };
        OfferInstead(repair, value, type, 0.72);
        if (value is IdentifierNameSyntax && repair.Model.GetSymbolInfo(value).Symbol is IParameterSymbol parameterValue
            && repair.Compilation.GetTypeByMetadataName("System.ArgumentNullException") is { } exception)
        {
            repair.Offer($"Throw where '{parameterValue.Name}' is null", 0.7, SyntaxShapes.Replace(
                value, $"{value} ?? throw new {repair.Write(exception, value.SpanStart)}(nameof({value}))"));
        }
        OfferGuards(repair, value);
        if (target is not ILocalSymbol || repair.Compilation.GetTypeByMetadataName("System.InvalidOperationException") is not { } invalid || value.IsKind(SyntaxKind.NullLiteralExpression))
            return;
        repair.Offer("Throw where it is null", 0.6, SyntaxShapes.Replace(
            value, $"{Left(value)} ?? throw new {repair.Write(invalid, value.SpanStart)}(\"{NameDistance.Sentence(target.Name)} is missing.\")"));
    }

    /// <summary>The empty value of a type in place of null.</summary>
    private static void OfferInstead(RepairContext repair, ExpressionSyntax value, ITypeSymbol? type, double score)
    {
        if (type is null || NeutralValue.Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), repair, value.SpanStart) is not { } neutral || neutral == "default")
            return;
        if (neutral == "[]" && value.Parent is ForEachStatementSyntax && type is not IArrayTypeSymbol)
            repair.Offer("Take an empty one instead of null", score, SyntaxShapes.Replace(value, $"{Left(value)} ?? []"));
        else if (value.IsKind(SyntaxKind.NullLiteralExpression))
            repair.Offer($"Take {neutral} instead of null", score, SyntaxShapes.Replace(value, neutral));
        else
            repair.Offer($"Take {neutral} instead of null", score, SyntaxShapes.Replace(value, Parenthesize(value, $"{Left(value)} ?? {neutral}")));
    }

    private static void OfferGuards(RepairContext repair, ExpressionSyntax value)
    {
        foreach (var (title, score, edit) in NullGuards.Before(repair, value))
            repair.Offer(title, score, edit);
    }

    /// <summary><c>First</c> complains by itself where <c>FirstOrDefault</c> gives null.</summary>
    private static void OfferCertain(RepairContext repair, ExpressionSyntax value)
    {
        var call = value is IdentifierNameSyntax && repair.Model.GetSymbolInfo(value).Symbol is ILocalSymbol local
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(repair.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var initial } ? initial : value;
        if (call is AwaitExpressionSyntax wait)
            call = wait.Expression;
        if (call is ParenthesizedExpressionSyntax parenthesized)
            call = parenthesized.Expression;
        if (call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "FirstOrDefault" or "SingleOrDefault" or "LastOrDefault" } name } })
            repair.Offer($"Use '{name.Identifier.ValueText[..^9]}'", 0.68, new TextChange(name.Identifier.Span, name.Identifier.ValueText[..^9]));
    }

    private static IParameterSymbol? Parameter(RepairContext repair, ExpressionSyntax value)
    {
        if (value.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: BaseArgumentListSyntax { Parent: { } call } list } argument
            || repair.Model.GetSymbolInfo(call).Symbol is not { } symbol)
            return null;
        var parameters = symbol switch
        {
            IMethodSymbol method => method.Parameters,
            IPropertySymbol property => property.Parameters,
            _ => [],
        };
        var index = list.Arguments.IndexOf(argument);
        return argument.NameColon is { } name
            ? parameters.FirstOrDefault(parameter => parameter.Name == name.Name.Identifier.ValueText)
            : index < parameters.Length ? parameters[index] : null;
    }

    /// <summary>The longest chain of accesses that begins with a receiver.</summary>
    private static ExpressionSyntax Chain(ExpressionSyntax receiver)
    {
        var chain = receiver;
        while (chain.Parent is MemberAccessExpressionSyntax access && access.Expression == chain
            || chain.Parent is InvocationExpressionSyntax call && call.Expression == chain
            || chain.Parent is ElementAccessExpressionSyntax element && element.Expression == chain)
            chain = (ExpressionSyntax)chain.Parent;
        return chain;
    }

    private static string Left(ExpressionSyntax value) => value is AwaitExpressionSyntax ? value.ToString() : SyntaxShapes.Operand(value);

    private static string Parenthesize(ExpressionSyntax place, string text) =>
        place.Parent is BinaryExpressionSyntax or MemberAccessExpressionSyntax or PrefixUnaryExpressionSyntax or ElementAccessExpressionSyntax
            or InterpolationSyntax or ConditionalExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax ? $"({text})" : text;
}
