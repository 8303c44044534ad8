using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A member and the one it overrides or implements do not meet: opens the base, or corrects name, signature or modifier.</summary>
internal sealed class Overrides : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS0506", "CS0115", "CS0239", "CS0508", "CS1715", "CS0114", "CS0534", "CS0535", "CS0738", "CS0621"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Id is "CS0534" or "CS0535" or "CS0738")
        {
            if (repair.Enclosing<TypeDeclarationSyntax>() is { } type)
                OfferMember(repair, type);
            return Task.CompletedTask;
        }
        if (repair.Enclosing<MemberDeclarationSyntax>() is not { } member || repair.Model.GetDeclaredSymbol(member) is not { } symbol)
            return Task.CompletedTask;
        switch (repair.Id)
        {
            case "CS0115":
                OfferForUnknown(repair, member, symbol);
                break;
            case "CS0114":
                if (InsertModifier(member, "override") is { } add)
                    repair.Offer("Add 'override'", 0.9, [add, .. RemoveModifier(member, SyntaxKind.VirtualKeyword)]);
                break;
            case "CS0621":
                repair.Offer("Make protected", 0.85, InaccessibleMembers.ChangeAccess(member, "protected") ?? []);
                break;
            default:
                if (Hidden(symbol) is { } hidden)
                    OfferForBase(repair, member, symbol, hidden);
                break;
        }
        return Task.CompletedTask;
    }

    private static void OfferForBase(RepairContext repair, MemberDeclarationSyntax member, ISymbol symbol, ISymbol hidden)
    {
        if (repair.Id is "CS0508" or "CS1715")
        {
            var (type, wanted) = (DeclaredTypes.Of(symbol, repair.CancellationToken), TypeOf(hidden));
            if (type is not null && wanted is not null)
                repair.Offer($"Change to '{repair.Write(wanted, type.SpanStart)}'", 0.93, SyntaxShapes.Replace(type, repair.Write(wanted, type.SpanStart)));
            return;
        }
        if (hidden.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(repair.CancellationToken).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration)
        {
            var owner = hidden.ContainingType.Name;
            if (repair.Id == "CS0239")
                repair.OfferIn(declaration.SyntaxTree, $"Unseal '{owner}.{hidden.Name}'", 0.93, RemoveModifier(declaration, SyntaxKind.SealedKeyword));
            else if (InsertModifier(declaration, "virtual") is { } add)
                repair.OfferIn(declaration.SyntaxTree, $"Make '{owner}.{hidden.Name}' virtual", 0.93, add);
        }
        if (member.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.OverrideKeyword)) is { RawKind: not 0 } modifier)
            repair.Offer("Hide it with 'new'", 0.55, new TextChange(modifier.Span, "new"));
    }

    /// <summary>CS0115: the base has nothing of this name and signature.</summary>
    private static void OfferForUnknown(RepairContext repair, MemberDeclarationSyntax member, ISymbol symbol)
    {
        var bases = Bases(symbol.ContainingType).ToList();
        foreach (var candidate in bases.SelectMany(type => type.GetMembers()).Where(candidate => IsOverridable(candidate) && candidate.Kind == symbol.Kind)
            .DistinctBy(candidate => candidate.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)))
        {
            if (candidate.Name != symbol.Name)
            {
                var similarity = NameDistance.Similarity(symbol.Name, candidate.Name);
                if (similarity > 0.4 && Identifier(member) is { } identifier)
                    repair.Offer($"Rename to '{candidate.Name}'", 0.5 + (0.44 * similarity), new TextChange(identifier.Span, candidate.Name));
            }
            else if (member is MethodDeclarationSyntax method && candidate is IMethodSymbol wanted)
            {
                OfferSignature(repair, method, wanted);
            }
        }
        OfferBase(repair, symbol);
        var isContract = symbol.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(symbol.Name)).Any();
        repair.Offer("Remove 'override'", isContract ? 0.92 : 0.78, RemoveModifier(member, SyntaxKind.OverrideKeyword));
    }

    /// <summary>The class may have lost its base: one of the project's own that has just this member.</summary>
    private static void OfferBase(RepairContext repair, ISymbol symbol)
    {
        if (symbol.ContainingType is not { TypeKind: TypeKind.Class, BaseType.SpecialType: SpecialType.System_Object } owner
            || repair.Enclosing<TypeDeclarationSyntax>() is not { } declaration)
            return;
        foreach (var candidate in repair.Compilation.GetSymbolsWithName(symbol.Name, SymbolFilter.Member, repair.CancellationToken)
            .Where(candidate => IsOverridable(candidate) && Meets(candidate, symbol)
                && candidate.ContainingType is { TypeKind: TypeKind.Class, IsSealed: false, Arity: 0 } type && !SymbolEqualityComparer.Default.Equals(type, owner)))
        {
            var name = repair.Write(candidate.ContainingType, declaration.Identifier.Span.End);
            var end = declaration.ParameterList?.Span.End ?? declaration.TypeParameterList?.Span.End ?? declaration.Identifier.Span.End;
            repair.Offer($"Derive from '{name}'", 0.86, declaration.BaseList is { } list
                ? SyntaxShapes.Insert(list.Types[0].SpanStart, name + ", ") : SyntaxShapes.Insert(end, " : " + name));
        }
    }

    /// <summary>The parameters that the base asks for, under the names that the method already uses.</summary>
    private static void OfferSignature(RepairContext repair, MethodDeclarationSyntax method, IMethodSymbol wanted)
    {
        var own = method.ParameterList.Parameters;
        var written = wanted.Parameters.Select((parameter, i) =>
        {
            var name = own.FirstOrDefault(candidate => candidate.Identifier.ValueText == parameter.Name)?.Identifier.Text
                ?? (i < own.Count && own.Count == wanted.Parameters.Length ? own[i].Identifier.Text : parameter.Name);
            var kind = parameter.RefKind switch { RefKind.Ref => "ref ", RefKind.Out => "out ", RefKind.In => "in ", _ => "" };
            return $"{kind}{repair.Write(parameter.Type, method.SpanStart)} {name}";
        });
        var list = $"({string.Join(", ", written)})";
        repair.Offer($"Change the parameters to {list}", own.Count == wanted.Parameters.Length ? 0.84 : 0.82, SyntaxShapes.Replace(method.ParameterList, list));
    }

    /// <summary>CS0534, CS0535, CS0738: the member may be there, but for a slip.</summary>
    private static void OfferMember(RepairContext repair, TypeDeclarationSyntax type)
    {
        if (repair.Model.GetDeclaredSymbol(type) is not { } owner)
            return;
        var missing = (repair.Id == "CS0534"
            ? Bases(owner).SelectMany(candidate => candidate.GetMembers()).Where(member => member.IsAbstract && IsMissing(repair, member))
            : owner.AllInterfaces.SelectMany(contract => contract.GetMembers()).Where(member => IsUnmet(owner, member) && IsMissing(repair, member))).ToList();
        foreach (var wanted in missing)
        {
            foreach (var member in type.Members)
            {
                if (Identifier(member) is not { } identifier || repair.Model.GetDeclaredSymbol(member) is not { } own || own.Kind != wanted.Kind
                    || own.IsStatic || wanted is IMethodSymbol method && own is IMethodSymbol ownMethod && method.Parameters.Length != ownMethod.Parameters.Length)
                    continue;
                if (own.Name == wanted.Name)
                    OfferToMeet(repair, member, own, wanted);
                else if (NameDistance.Similarity(wanted.Name, own.Name) is > 0.7 and var similarity)
                    repair.Offer($"Rename '{own.Name}' to '{wanted.Name}'", 0.5 + (0.45 * similarity), new TextChange(identifier.Span, wanted.Name));
            }
        }
    }

    private static void OfferToMeet(RepairContext repair, MemberDeclarationSyntax member, ISymbol own, ISymbol wanted)
    {
        if (repair.Id == "CS0534" && !own.IsOverride && InsertModifier(member, "override") is { } add)
            repair.Offer("Add 'override'", 0.95, [add, .. RemoveModifier(member, SyntaxKind.VirtualKeyword), .. RemoveModifier(member, SyntaxKind.NewKeyword)]);
        if (member is MethodDeclarationSyntax method && wanted is IMethodSymbol target)
            OfferSignature(repair, method, target);
        if (DeclaredTypes.Of(own, repair.CancellationToken) is { } type && TypeOf(wanted) is { } result && repair.Write(result, type.SpanStart) is var text && text != type.ToString())
            repair.Offer($"Change to '{text}'", 0.86, SyntaxShapes.Replace(type, text));
        if (own is IPropertySymbol { SetMethod: null } && wanted is IPropertySymbol { SetMethod: { } setter } && member is PropertyDeclarationSyntax { AccessorList: { } accessors } && accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null))
            repair.Offer($"Add '{(setter.IsInitOnly ? "init" : "set")}'", 0.92, SyntaxShapes.Insert(accessors.Accessors.Last().Span.End, setter.IsInitOnly ? " init;" : " set;"));
    }

    private static bool IsUnmet(INamedTypeSymbol owner, ISymbol member) => owner.FindImplementationForInterfaceMember(member) switch
    {
        null => true,
        IPropertySymbol own when member is IPropertySymbol wanted => own.SetMethod is null && wanted.SetMethod is not null,
        _ => false,
    };

    private static bool IsMissing(RepairContext repair, ISymbol member) =>
        repair.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)
            .Contains(member.Name, StringComparison.Ordinal);

    private static bool IsOverridable(ISymbol symbol) => symbol is { IsStatic: false, IsSealed: false } && (symbol.IsVirtual || symbol.IsAbstract || symbol.IsOverride)
        && symbol is not IMethodSymbol { MethodKind: not MethodKind.Ordinary };

    private static ISymbol? Hidden(ISymbol symbol) => Bases(symbol.ContainingType).SelectMany(type => type.GetMembers(symbol.Name))
        .FirstOrDefault(candidate => Meets(candidate, symbol));

    private static bool Meets(ISymbol candidate, ISymbol symbol) => candidate.Kind == symbol.Kind
        && (candidate is not IMethodSymbol method || symbol is IMethodSymbol own
            && method.Parameters.Select(parameter => parameter.Type).SequenceEqual(own.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static SyntaxToken? Identifier(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        EventDeclarationSyntax happening => happening.Identifier,
        _ => null,
    };

    /// <summary>A modifier stands after accessibility and before <c>async</c> and the type.</summary>
    private static TextChange? InsertModifier(MemberDeclarationSyntax member, string modifier)
    {
        if (member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.PrivateKeyword))
            return null;
        var access = member.Modifiers.LastOrDefault(existing => SyntaxFacts.IsAccessibilityModifier(existing.Kind()));
        var next = access.RawKind != 0 ? access.GetNextToken()
            : member.AttributeLists.Any() ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken();
        return SyntaxShapes.Insert(next.SpanStart, modifier + " ");
    }

    private static IEnumerable<TextChange> RemoveModifier(MemberDeclarationSyntax member, SyntaxKind kind) =>
        member.Modifiers.Where(modifier => modifier.IsKind(kind))
            .Select(modifier => new TextChange(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), ""));
}
