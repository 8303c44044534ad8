using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A call lacks arguments, or has too many: passes what is at hand and fits by type and name.</summary>
internal sealed class MissingArguments : RepairFamily
{
    private const int MaximumParameters = 9;

    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } = ["CS7036", "CS1501", "CS1729", "CS1739", "CS1728"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent is not { } place)
            return Task.CompletedTask;
        if (place is ConstructorDeclarationSyntax { Initializer: null } constructor)
        {
            foreach (var (arguments, score) in Fill(repair, BaseConstructors(repair, constructor), [], constructor.Body?.SpanStart ?? constructor.Span.End - 1))
                repair.Offer($"base({arguments})", score, SyntaxShapes.Insert(constructor.ParameterList.Span.End, $" : base({arguments})"));
            OfferOwnParameters(repair, constructor, BaseConstructors(repair, constructor), null);
            return Task.CompletedTask;
        }
        if (place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { ParameterList: not null, BaseList.Types: [SimpleBaseTypeSyntax bare, ..] } primary
            && (place == primary || bare.Span.Contains(place.Span)))
        {
            var methods = (repair.Model.GetTypeInfo(bare.Type).Type as INamedTypeSymbol)?.InstanceConstructors ?? [];
            foreach (var (arguments, score) in Fill(repair, methods, [], primary.OpenBraceToken.SpanStart + 1))
                repair.Offer($"{bare.Type}({arguments})", score, SyntaxShapes.Insert(bare.Type.Span.End, $"({arguments})"));
            return Task.CompletedTask;
        }

        var (call, list, candidates) = Call(repair, place);
        if (call is null)
            return Task.CompletedTask;
        if (call is BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation)
            OfferFromInitializer(repair, creation, initializer, candidates);
        if (list is null || list.Arguments.Any(argument => argument.NameColon is not null))
            return Task.CompletedTask;
        foreach (var (arguments, score) in Fill(repair, candidates, list.Arguments, list.SpanStart))
            repair.Offer($"Pass ({arguments})", score, Between(list, arguments));
        if (repair.Id != "CS7036")
            OfferFewer(repair, candidates, list);
        if (call is ConstructorInitializerSyntax { Parent: ConstructorDeclarationSyntax owner })
            OfferOwnParameters(repair, owner, candidates, list);
        return Task.CompletedTask;
    }

    /// <summary>What a constructor must hand on and has not, it can ask for itself.</summary>
    private static void OfferOwnParameters(
        RepairContext repair, ConstructorDeclarationSyntax constructor, ImmutableArray<IMethodSymbol> candidates, ArgumentListSyntax? given)
    {
        var count = given?.Arguments.Count ?? 0;
        foreach (var target in candidates.Where(target => target.Parameters.Length > count && repair.Model.IsAccessible(constructor.SpanStart, target)))
        {
            var missing = target.Parameters.Skip(count).Where(parameter => !parameter.IsOptional).ToList();
            var own = constructor.ParameterList.Parameters.Select(parameter => parameter.Identifier.ValueText).ToList();
            if (missing.Count is 0 or > 4 || missing.Any(parameter => own.Contains(parameter.Name)))
                continue;
            var parameters = string.Join(", ", missing.Select(parameter => $"{repair.Write(parameter.Type, constructor.SpanStart)} {parameter.Name}"));
            var arguments = string.Join(", ", missing.Select(parameter => parameter.Name));
            repair.Offer(
                $"Take ({parameters}) too", 0.62,
                SyntaxShapes.Insert(constructor.ParameterList.CloseParenToken.SpanStart, (own.Count > 0 ? ", " : "") + parameters),
                given is null ? SyntaxShapes.Insert(constructor.ParameterList.Span.End, $" : base({arguments})")
                    : SyntaxShapes.Insert(given.CloseParenToken.SpanStart, (count > 0 ? ", " : "") + arguments));
        }
    }

    private static TextChange Between(ArgumentListSyntax list, string arguments) =>
        new(TextSpan.FromBounds(list.OpenParenToken.Span.End, list.CloseParenToken.SpanStart), arguments);

    private static ImmutableArray<IMethodSymbol> BaseConstructors(RepairContext repair, ConstructorDeclarationSyntax constructor) =>
        repair.Model.GetDeclaredSymbol(constructor)?.ContainingType.BaseType?.InstanceConstructors ?? [];

    private static (SyntaxNode? Call, ArgumentListSyntax? List, ImmutableArray<IMethodSymbol> Candidates) Call(RepairContext repair, SyntaxNode place)
    {
        foreach (var node in place.AncestorsAndSelf())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when call.Expression.Span.Contains(repair.Span.Start) || call.ArgumentList.Span.Contains(repair.Span.Start):
                    return (call, call.ArgumentList, [.. repair.Model.GetMemberGroup(call.Expression).Concat(repair.Model.GetSymbolInfo(call).CandidateSymbols).OfType<IMethodSymbol>().Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)]);
                case BaseObjectCreationExpressionSyntax creation:
                    return (creation, creation.ArgumentList, (repair.Model.GetTypeInfo(creation).Type as INamedTypeSymbol)?.InstanceConstructors ?? []);
                case ConstructorInitializerSyntax initializer:
                    var owner = repair.Model.GetDeclaredSymbol((ConstructorDeclarationSyntax)initializer.Parent!)?.ContainingType;
                    return (initializer, initializer.ArgumentList, (initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.BaseKeyword) ? owner?.BaseType : owner)?.InstanceConstructors ?? []);
                case PrimaryConstructorBaseTypeSyntax based:
                    return (based, based.ArgumentList, (repair.Model.GetTypeInfo(based.Type).Type as INamedTypeSymbol)?.InstanceConstructors ?? []);
                case StatementSyntax or MemberDeclarationSyntax:
                    return default;
            }
        }
        return default;
    }

    /// <summary>Whole argument lists: those given, in order, with values at hand between them.</summary>
    private static IEnumerable<(string Arguments, double Score)> Fill(
        RepairContext repair, ImmutableArray<IMethodSymbol> candidates, SeparatedSyntaxList<ArgumentSyntax> given, int position)
    {
        var types = given.Select(argument => repair.Model.GetTypeInfo(argument.Expression).Type).ToList();
        foreach (var method in candidates.Where(method => method.Parameters.Length > given.Count && method.Parameters.Length <= MaximumParameters
            && repair.Model.IsAccessible(position, method)))
        {
            foreach (var kept in Choose(method.Parameters.Length, given.Count))
            {
                var fits = kept.Select((parameter, i) => Accepts(repair, given[i], types[i], method.Parameters[parameter])).All(fit => fit);
                var missing = Enumerable.Range(0, method.Parameters.Length)
                    .Where(i => !kept.Contains(i) && method.Parameters[i] is { IsOptional: false, IsParams: false }).ToList();
                // Optional parameters in between would have to be named; leave such orders away.
                if (!fits || missing.Count == 0 || missing.Count > 4 || kept.Concat(missing).Max() >= kept.Count + missing.Count)
                    continue;
                foreach (var (values, score) in Product(missing.ConvertAll(i => ScopeValues.For(repair, method.Parameters[i], position))))
                {
                    var all = kept.Select((parameter, i) => (parameter, given[i].ToString()))
                        .Concat(missing.Zip(values)).OrderBy(pair => pair.Item1).Select(pair => pair.Item2);
                    // What is passed already is seldom passed again.
                    var repeats = values.Any(value => given.Any(argument => argument.ToString() == value));
                    yield return (string.Join(", ", all), repeats ? score - 0.3 : score);
                }
            }
        }
    }

    private static bool Accepts(RepairContext repair, ArgumentSyntax argument, ITypeSymbol? type, IParameterSymbol parameter) =>
        (type is null && argument.Expression is not DeclarationExpressionSyntax) || type is not null && (repair.Converts(type, parameter.Type) || argument.RefKindKeyword.RawKind != 0
            || parameter.OriginalDefinition.Type.TypeKind == TypeKind.TypeParameter || parameter.OriginalDefinition.Type is INamedTypeSymbol { IsGenericType: true });

    private static IEnumerable<IReadOnlyList<int>> Choose(int count, int length)
    {
        if (length == 0)
            return [[]];
        return Enumerable.Range(0, count).SelectMany(last => Choose(last, length - 1).Select(head => (IReadOnlyList<int>)[.. head, last]));
    }

    private static IEnumerable<(IReadOnlyList<string> Values, double Score)> Product(List<IReadOnlyList<(string Text, double Score)>> choices)
    {
        IEnumerable<(IReadOnlyList<string> Values, double Score)> lists = [([], 1.0)];
        foreach (var choice in choices)
            lists = lists.SelectMany(list => choice.Take(3).Select(value => ((IReadOnlyList<string>)[.. list.Values, value.Text], Math.Min(list.Score, value.Score)))).ToList();
        return lists.OrderByDescending(list => list.Score).Take(6);
    }

    /// <summary>One argument too many: leaves away the one without which the rest fits.</summary>
    private static void OfferFewer(RepairContext repair, ImmutableArray<IMethodSymbol> candidates, ArgumentListSyntax list)
    {
        foreach (var count in candidates.Select(method => method.Parameters.Length).Where(count => count == list.Arguments.Count - 1).Distinct())
        {
            for (var i = list.Arguments.Count - 1; i >= 0; i--)
            {
                var rest = string.Join(", ", list.Arguments.Where((_, index) => index != i));
                repair.Offer($"Pass ({rest})", 0.7 - (0.01 * (list.Arguments.Count - 1 - i)), Between(list, rest));
            }
        }
    }

    /// <summary>What an object initializer sets may be what the constructor asks for.</summary>
    private static void OfferFromInitializer(
        RepairContext repair, BaseObjectCreationExpressionSyntax creation, InitializerExpressionSyntax initializer, ImmutableArray<IMethodSymbol> constructors)
    {
        var assignments = initializer.Expressions.OfType<AssignmentExpressionSyntax>().ToList();
        foreach (var constructor in constructors.Where(constructor => constructor.Parameters.Length > 0))
        {
            var used = constructor.Parameters.Select(parameter => assignments.FirstOrDefault(assignment =>
                string.Equals(assignment.Left.ToString(), parameter.Name, StringComparison.OrdinalIgnoreCase))).ToList();
            if (used.Any(assignment => assignment is null))
                continue;
            var arguments = string.Join(", ", used.Select(assignment => assignment!.Right));
            var rest = assignments.Except(used).ToList();
            var end = creation.ArgumentList?.Span.End ?? (creation is ObjectCreationExpressionSyntax { Type: var type } ? type.Span.End : creation.NewKeyword.Span.End);
            var start = creation.ArgumentList?.SpanStart ?? end;
            var tail = rest.Count == 0 ? "" : $" {{ {string.Join(", ", rest)} }}";
            repair.Offer($"Pass ({arguments})", 0.94, new TextChange(TextSpan.FromBounds(start, initializer.Span.End), $"({arguments}){tail}"));
        }
    }
}
