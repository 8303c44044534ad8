using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A type or extension method exists, but its namespace is not imported: adds the <c>using</c>, or qualifies the name.</summary>
internal sealed class MissingUsings : RepairFamily
{
    private const double BestScore = 0.95;

    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS0246", "CS0103", "CS0234", "CS0305", "CS0308", "CS0616", "CS1061", "CS1929", "CS1935", "CS1501", "CS7036", "CS0411", "CS0117"];

    /// <inheritdoc/>
    protected override async Task OfferAsync(RepairContext repair)
    {
        if (NameAt(repair) is not { } name)
            return;
        var candidates = IsMemberAccess(name, out var receiver)
            ? ExtensionHolders(repair, name, receiver).ToList()
            : Types(repair, name).Concat<ISymbol>(QueryOperators(repair)).ToList();
        if (repair.Id == "CS1935")
            candidates = [.. QueryOperators(repair)];
        OfferNested(repair, name);
        if (candidates.Count == 0)
            return;

        var usage = await NamespaceUsage.OfAsync(repair).ConfigureAwait(false);
        var ranked = candidates
            .GroupBy(symbol => symbol.ContainingNamespace, SymbolEqualityComparer.Default)
            .Select(group => (Namespace: (INamespaceSymbol)group.Key!, Symbol: group.First()))
            .Where(candidate => !candidate.Namespace.IsGlobalNamespace)
            .Select(candidate => (candidate.Namespace, candidate.Symbol, Weight: usage.Weight(
                candidate.Namespace, candidate.Symbol.Locations.Any(location => location.IsInSource))))
            .OrderByDescending(candidate => candidate.Weight)
            .ThenBy(candidate => candidate.Namespace.ToDisplayString(), StringComparer.Ordinal)
            .Take(8)
            .ToList();
        for (var i = 0; i < ranked.Count; i++)
        {
            // Equal weights keep equal scores: the user chooses.
            var rank = ranked.FindIndex(candidate => candidate.Weight == ranked[i].Weight);
            var score = BestScore - (0.03 * rank);
            var space = ranked[i].Namespace.ToDisplayString();
            if (!UsingDirectives.Imports(repair.Root, space))
                repair.Offer($"using {space};", score, UsingDirectives.Insert(repair.Root, repair.Text, space, repair.Span.Start));
            if (ranked[i].Symbol is INamedTypeSymbol && !IsMemberAccess(name, out _))
                repair.Offer($"{space}.{name.Identifier.ValueText}", score - 0.3, new TextChange(new TextSpan(name.SpanStart, 0), space + "."));
        }
    }

    private static SimpleNameSyntax? NameAt(RepairContext repair)
    {
        if (repair.Id == "CS1935")
            return repair.Root.FindToken(repair.Span.Start).Parent?.FirstAncestorOrSelf<SimpleNameSyntax>()
                ?? repair.Enclosing<QueryExpressionSyntax>()?.DescendantNodes().OfType<SimpleNameSyntax>().FirstOrDefault();
        return repair.Node switch
        {
            SimpleNameSyntax name => name,
            QualifiedNameSyntax qualified => qualified.Left.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault(),
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => repair.Root.FindToken(repair.Span.Start).Parent as SimpleNameSyntax,
        };
    }

    private static bool IsMemberAccess(SimpleNameSyntax name, out ExpressionSyntax? receiver)
    {
        receiver = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
            MemberBindingExpressionSyntax binding => binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
                .FirstOrDefault(access => access.WhenNotNull.Span.Contains(binding.Span))?.Expression,
            _ => null,
        };
        return receiver is not null;
    }

    private static IEnumerable<INamedTypeSymbol> Types(RepairContext repair, SimpleNameSyntax name)
    {
        if (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name)
            yield break;
        string[] names = name.FirstAncestorOrSelf<AttributeSyntax>()?.Name == name
            ? [name.Identifier.ValueText, name.Identifier.ValueText + "Attribute"] : [name.Identifier.ValueText];
        // An expression such as Path.Combine names no arity; a type does.
        foreach (var type in names.SelectMany(candidate => Namespaces(repair.Compilation).SelectMany(
            space => space.GetTypeMembers(candidate, name.Arity))))
        {
            if (repair.Compilation.IsSymbolAccessibleWithin(type, repair.Compilation.Assembly))
                yield return type;
        }
    }

    private static IEnumerable<ISymbol> ExtensionHolders(RepairContext repair, SimpleNameSyntax name, ExpressionSyntax? receiver)
    {
        if (receiver is null || repair.Model.GetTypeInfo(receiver, repair.CancellationToken).Type is not { TypeKind: not TypeKind.Error } type)
            yield break;
        if (name.Parent is MemberBindingExpressionSyntax && type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        foreach (var holder in Namespaces(repair.Compilation).SelectMany(space => space.GetTypeMembers()))
        {
            if (holder is { IsStatic: true, MightContainExtensionMethods: true }
                && repair.Compilation.IsSymbolAccessibleWithin(holder, repair.Compilation.Assembly)
                && holder.GetMembers(name.Identifier.ValueText).OfType<IMethodSymbol>().Any(method => Extends(method, type, repair)))
                yield return holder;
        }
    }

    private static bool Extends(IMethodSymbol method, ITypeSymbol receiver, RepairContext repair) =>
        method.IsExtensionMethod && repair.Compilation.IsSymbolAccessibleWithin(method, repair.Compilation.Assembly)
        && method.ReduceExtensionMethod(receiver) is not null;

    /// <summary>Query syntax names no method, but stands on those of System.Linq.</summary>
    private static IEnumerable<ISymbol> QueryOperators(RepairContext repair) =>
        repair.Id == "CS1935" && repair.Compilation.GetTypeByMetadataName("System.Linq.Enumerable") is { } holder ? [holder] : [];

    /// <summary>A type that is nested in another one of the solution is reached through it.</summary>
    private static void OfferNested(RepairContext repair, SimpleNameSyntax name)
    {
        if (IsMemberAccess(name, out _) || name.Parent is QualifiedNameSyntax)
            return;
        foreach (var type in repair.Compilation.GetSymbolsWithName(name.Identifier.ValueText, SymbolFilter.Type, repair.CancellationToken))
        {
            if (type is INamedTypeSymbol { ContainingType: { Arity: 0 } outer } nested && nested.Arity == name.Arity
                && repair.Compilation.IsSymbolAccessibleWithin(type, repair.Compilation.Assembly))
            {
                var path = repair.Write(outer, name.SpanStart);
                repair.Offer($"{path}.{name}", 0.8, new TextChange(new TextSpan(name.SpanStart, 0), path + "."));
            }
        }
    }

    private static IEnumerable<INamespaceSymbol> Namespaces(Compilation compilation)
    {
        var open = new Stack<INamespaceSymbol>([compilation.GlobalNamespace]);
        while (open.TryPop(out var space))
        {
            yield return space;
            foreach (var inner in space.GetNamespaceMembers())
                open.Push(inner);
        }
    }
}
