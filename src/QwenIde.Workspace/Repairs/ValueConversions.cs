using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Repairs;

/// <summary>A way to make a value of one type into one of another.</summary>
/// <param name="Text">The expression that takes the place of the value.</param>
/// <param name="Score">How likely it is meant.</param>
/// <param name="Namespace">What must be imported for it; null for nothing.</param>
internal readonly record struct ValueConversion(string Text, double Score, string? Namespace = null);

/// <summary>The ways from one type to another that the types themselves and the framework offer.</summary>
internal static class ValueConversions
{
    /// <summary>Ways that hold for <paramref name="expression"/>, in no order.</summary>
    public static IEnumerable<ValueConversion> Ways(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to) =>
        Literals(repair, expression, from, to)
            .Concat(Casts(repair, expression, from, to))
            .Concat(Nullables(repair, expression, from, to))
            .Concat(Tasks(repair, expression, from, to))
            .Concat(Strings(repair, expression, from, to))
            .Concat(Collections(repair, expression, from, to))
            .Concat(Booleans(repair, expression, from, to))
            .Concat(Members(repair, expression, from, to))
            .Concat(Factories(repair, expression, from, to));

    private static IEnumerable<ValueConversion> Literals(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (expression is not LiteralExpressionSyntax literal)
            yield break;
        var text = literal.Token.ValueText;
        if (from.SpecialType == SpecialType.System_String && to.SpecialType == SpecialType.System_Char && text.Length == 1)
            yield return new(SymbolDisplay.FormatLiteral(text[0], quote: true), 0.95);
        if (from.SpecialType == SpecialType.System_Char && to.SpecialType == SpecialType.System_String)
            yield return new(SymbolDisplay.FormatLiteral(text, quote: true), 0.95);
        if (literal.IsKind(SyntaxKind.NumericLiteralExpression) && to.SpecialType == SpecialType.System_String)
            yield return new($"\"{literal}\"", 0.92);
        if (literal.IsKind(SyntaxKind.NumericLiteralExpression) && from.SpecialType == SpecialType.System_Double)
        {
            var suffix = to.SpecialType switch { SpecialType.System_Decimal => "m", SpecialType.System_Single => "f", _ => null };
            if (suffix is not null)
                yield return new(literal.Token.Text.TrimEnd('d', 'D') + suffix, 0.95);
        }
        if (literal.IsKind(SyntaxKind.StringLiteralExpression) && to.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double
            && decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _))
            yield return new(to.SpecialType == SpecialType.System_Decimal ? text + "m" : text, 0.95);
        if (literal.IsKind(SyntaxKind.StringLiteralExpression) && to.TypeKind == TypeKind.Enum
            && to.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => string.Equals(member.Name, text, StringComparison.OrdinalIgnoreCase)) is { } named)
            yield return new($"{repair.Write(to, expression.SpanStart)}.{named.Name}", 0.95);
        if (literal.IsKind(SyntaxKind.StringLiteralExpression) && to.SpecialType == SpecialType.System_Boolean && text is "true" or "false")
            yield return new(text, 0.95);
    }

    private static IEnumerable<ValueConversion> Casts(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        var conversion = repair.Compilation.ClassifyConversion(from, to);
        if (!conversion.IsExplicit || conversion.IsNullable && from.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && to.IsValueType)
            yield break;
        // An interface that a type might implement is no reason to cast; a sequence is copied instead.
        var isGuess = conversion.IsReference && (from.TypeKind == TypeKind.Interface || to.TypeKind == TypeKind.Interface);
        yield return new($"({repair.Write(to, expression.SpanStart)}){CastOperand(expression)}", isGuess ? 0.45 : 0.86);
    }

    private static string CastOperand(ExpressionSyntax expression) =>
        expression is PrefixUnaryExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax ? $"({expression})" : SyntaxShapes.Operand(expression);

    private static IEnumerable<ValueConversion> Nullables(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (from is not INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            || !repair.Converts(nullable.TypeArguments[0], to))
            yield break;
        var operand = SyntaxShapes.Operand(expression);
        if (to.SpecialType == SpecialType.System_Boolean)
            yield return new($"{operand} == true", 0.88);
        // Where the flow has ruled null out this compiles without a warning, and is right; elsewhere it is refused.
        yield return new($"{operand}.Value", 0.9);
        if (NeutralValue.Of(to, repair, expression.SpanStart) is { } neutral)
            yield return new($"{operand} ?? {neutral}", neutral == "default" ? 0.6 : 0.82);
        yield return new($"{operand}.GetValueOrDefault()", 0.76);
    }

    private static IEnumerable<ValueConversion> Tasks(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (SyntaxShapes.IsTask(from) && from is INamedTypeSymbol { TypeArguments: [var result] } && expression.EnclosingFunction()?.IsAsync() == true)
        {
            if (repair.Converts(result, to))
                yield return new($"await {expression}", 0.96);
            else
                foreach (var way in Ways(repair, SyntaxFactory.ParseExpression($"(await {expression})"), result, to).Where(way => way.Score > 0.7))
                    yield return way with { Score = way.Score - 0.05 };
        }
        if (SyntaxShapes.IsTask(to) && to is INamedTypeSymbol { TypeArguments: [var wanted], Name: var name } && repair.Converts(from, wanted))
            yield return new($"{repair.Write(to.ContainingType ?? to, expression.SpanStart).Split('<')[0]}.FromResult({expression})", name == "Task" ? 0.9 : 0.88, "System.Threading.Tasks");
    }

    private static IEnumerable<ValueConversion> Strings(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (to.SpecialType == SpecialType.System_String)
        {
            switch (from)
            {
                case IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char }:
                    yield return new($"new string({expression})", 0.92);
                    break;
                case IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }:
                    yield return new($"Encoding.UTF8.GetString({expression})", 0.88, "System.Text");
                    break;
                default:
                    if (ElementOf(repair, from) is { } element)
                    {
                        if (element.SpecialType == SpecialType.System_Char)
                            yield return new($"string.Concat({expression})", 0.85);
                        else
                            yield return new($"string.Join(\", \", {expression})", 0.8);
                    }
                    else if (from.SpecialType != SpecialType.System_Void && !SyntaxShapes.IsTask(from))
                    {
                        yield return new($"{SyntaxShapes.Operand(expression)}.ToString()", 0.9);
                        if (from.NullableAnnotation == NullableAnnotation.Annotated)
                            yield return new($"{SyntaxShapes.Operand(expression)}?.ToString() ?? {NeutralValue.EmptyString(repair)}", 0.75);
                    }
                    break;
            }
        }
        else if (from.SpecialType == SpecialType.System_String && to is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte })
        {
            yield return new($"Encoding.UTF8.GetBytes({expression})", 0.88, "System.Text");
        }
        else if (from.SpecialType == SpecialType.System_String && to is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char })
        {
            yield return new($"{SyntaxShapes.Operand(expression)}.ToCharArray()", 0.9);
        }
        else if (from.SpecialType == SpecialType.System_String && to.TypeKind == TypeKind.Enum)
        {
            yield return new($"Enum.Parse<{repair.Write(to, expression.SpanStart)}>({expression})", 0.9, "System");
        }
    }

    private static IEnumerable<ValueConversion> Collections(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (ElementOf(repair, to) is not { } wanted || to.SpecialType == SpecialType.System_String)
            yield break;
        var operand = SyntaxShapes.Operand(expression);
        if (ElementOf(repair, from) is { } element && repair.Converts(element, wanted))
        {
            var method = to switch
            {
                IArrayTypeSymbol => "ToArray",
                { Name: "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" } => "ToList",
                { Name: "HashSet" or "ISet" or "IReadOnlySet" } => "ToHashSet",
                { Name: "ImmutableArray" or "ImmutableList" or "ImmutableHashSet" } => "To" + to.Name,
                _ => null,
            };
            if (method is not null)
            {
                var isOwn = from.GetMembers(method).OfType<IMethodSymbol>().Any(candidate => candidate.Parameters.IsEmpty);
                var space = isOwn ? null : method.StartsWith("ToImmutable", StringComparison.Ordinal) ? "System.Collections.Immutable" : "System.Linq";
                yield return new($"{operand}.{method}()", 0.92, space);
            }
            yield return new($"new {repair.Write(to, expression.SpanStart)}({expression})", method is null ? 0.72 : 0.55);
        }
        if (repair.Converts(from, wanted) && !repair.Converts(from, to))
            yield return new($"[{expression}]", 0.78);
    }

    private static IEnumerable<ValueConversion> Booleans(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (to.SpecialType != SpecialType.System_Boolean)
            yield break;
        var operand = SyntaxShapes.Operand(expression);
        // A condition that assigns was meant to compare.
        if (expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment)
            yield return new($"{assignment.Left} == {assignment.Right}", 0.97);
        else if (from.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double)
            yield return new($"{operand} != 0", 0.8);
        else if (from.SpecialType == SpecialType.System_String)
            yield return new($"!string.IsNullOrEmpty({expression})", expression.Parent is IfStatementSyntax or PrefixUnaryExpressionSyntax ? 0.92 : 0.7);
        else if (from.GetMembers("Count").OfType<IPropertySymbol>().Any())
            yield return new($"{operand}.Count > 0", 0.8);
        else if (from is IArrayTypeSymbol)
            yield return new($"{operand}.Length > 0", 0.8);
        else if (ElementOf(repair, from) is not null)
            yield return new($"{operand}.Any()", 0.8, "System.Linq");
        else if (from.IsReferenceType)
            yield return new($"{operand} is not null", 0.82);
    }

    /// <summary>Parts or copies of the value that its own type offers: <c>.Value</c>, <c>.ToArray()</c>, a property named as the wanted type.</summary>
    private static IEnumerable<ValueConversion> Members(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (from.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || SyntaxShapes.IsTask(from) || to.SpecialType == SpecialType.System_Object)
            yield break;
        var operand = SyntaxShapes.Operand(expression);
        foreach (var member in repair.Model.LookupSymbols(expression.SpanStart, from).Where(member => !member.IsStatic))
        {
            switch (member)
            {
                case IPropertySymbol { Parameters.IsEmpty: true } property when SymbolEqualityComparer.Default.Equals(property.Type, to):
                    var score = property.Name == to.Name || property.Name == "Value" ? 0.86
                        : property.Name is "Id" or "Key" ? 0.7 : property.Name.Contains(to.Name, StringComparison.Ordinal) ? 0.6 : 0.4;
                    yield return new($"{operand}.{property.Name}", score);
                    break;
                case IMethodSymbol { Parameters.IsEmpty: true, Arity: 0, MethodKind: MethodKind.Ordinary } method
                    when method.Name != "ToString" && method.Name.StartsWith("To", StringComparison.Ordinal) && SymbolEqualityComparer.Default.Equals(method.ReturnType, to):
                    yield return new($"{operand}.{method.Name}()", 0.88);
                    break;
            }
        }
    }

    /// <summary><c>int.Parse</c>, <c>DateOnly.FromDateTime</c>, <c>new Uri</c>: what the wanted type makes of the value.</summary>
    private static IEnumerable<ValueConversion> Factories(RepairContext repair, ExpressionSyntax expression, ITypeSymbol from, ITypeSymbol to)
    {
        if (to is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } target || SyntaxShapes.IsTask(from) || SyntaxShapes.IsTask(to)
            || to.SpecialType is SpecialType.System_Object or SpecialType.System_String)
            yield break;
        if (to.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            foreach (var way in Factories(repair, expression, from, target.TypeArguments[0]))
                yield return way;
            yield break;
        }
        var name = repair.Write(to, expression.SpanStart);
        var factories = target.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method is { IsStatic: true, MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, Arity: 0 }
                && SymbolEqualityComparer.Default.Equals(method.ReturnType, to) && Takes(repair, method, from))
            .DistinctBy(method => method.Name);
        foreach (var factory in factories)
        {
            if (factory.Name == "Parse")
                yield return new($"{name}.Parse({expression})", 0.91);
            else if (factory.Name.StartsWith("From", StringComparison.Ordinal) || factory.Name is "Create" or "Of" or "New")
                yield return new($"{name}.{factory.Name}({expression})", 0.82);
        }
        if (!target.IsAbstract && ElementOf(repair, to) is null && target.InstanceConstructors.Any(constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public && Takes(repair, constructor, from)
            && !SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, to)) && to.SpecialType == SpecialType.None)
            yield return new($"new {name}({expression})", 0.8);
    }

    private static bool Takes(RepairContext repair, IMethodSymbol method, ITypeSymbol argument) =>
        method.Parameters.Length > 0 && method.Parameters[0] is { RefKind: RefKind.None } first
        && method.Parameters.Skip(1).All(parameter => parameter.IsOptional)
        && first.Type.SpecialType != SpecialType.System_Object && repair.Converts(argument, first.Type);

    private static ITypeSymbol? ElementOf(RepairContext repair, ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (type.SpecialType == SpecialType.System_String || type is not INamedTypeSymbol named)
            return null;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            return named.TypeArguments[0];
        return named.AllInterfaces.FirstOrDefault(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0];
    }
}
