using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A member is out of reach: takes the accessible one that stands for it, or opens it no further than needed.</summary>
internal sealed class InaccessibleMembers : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } = ["CS0122", "CS0272", "CS0271", "CS1540", "CS0507", "CS0737"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Id is "CS0507")
            OfferSameAsBase(repair);
        else if (repair.Id is "CS0737")
            OfferPublicImplementation(repair);
        else if (Target(repair) is { } symbol)
        {
            OfferStandIn(repair, symbol);
            OfferWider(repair, symbol);
        }
        return Task.CompletedTask;
    }

    private static ISymbol? Target(RepairContext repair)
    {
        var node = repair.Node is ArgumentSyntax argument ? argument.Expression : repair.Node;
        var info = repair.Model.GetSymbolInfo(node, repair.CancellationToken);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (repair.Id is "CS0272" or "CS0271" && symbol is IPropertySymbol property)
            return repair.Id == "CS0272" ? property.SetMethod : property.GetMethod;
        // At a creation the type is named, and its constructor meant.
        return node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation && creation.SpanStart <= node.SpanStart
            && (symbol is null or INamedTypeSymbol) && repair.Model.GetSymbolInfo(creation).CandidateSymbols.FirstOrDefault() is { } constructor
            && (symbol is null || repair.Model.IsAccessible(repair.Span.Start, symbol)) ? constructor : symbol;
    }

    /// <summary>A field behind a property is reached through the property.</summary>
    private static void OfferStandIn(RepairContext repair, ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            OfferInstance(repair, constructor);
        if (symbol is not IFieldSymbol field || repair.Root.FindToken(repair.Span.Start).Parent is not SimpleNameSyntax name)
            return;
        var bare = field.Name.TrimStart('_');
        bare = bare.StartsWith("m_", StringComparison.Ordinal) ? bare[2..] : bare;
        var standIn = field.ContainingType.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
            string.Equals(property.Name, bare, StringComparison.OrdinalIgnoreCase) && repair.Model.IsAccessible(repair.Span.Start, property));
        if (standIn is not null)
            repair.Offer($"Use '{standIn.Name}'", 0.9, SyntaxShapes.Replace(name, standIn.Name));
    }

    /// <summary>A type that keeps its constructor to itself gives its instances out by another way.</summary>
    private static void OfferInstance(RepairContext repair, IMethodSymbol constructor)
    {
        if (repair.Enclosing<BaseObjectCreationExpressionSyntax>() is not { Initializer: null } creation)
            return;
        var type = constructor.ContainingType;
        var arguments = creation.ArgumentList?.ToString() ?? "()";
        foreach (var member in type.GetMembers().Where(member => member.IsStatic && repair.Model.IsAccessible(repair.Span.Start, member)))
        {
            var text = member switch
            {
                IPropertySymbol property when creation.ArgumentList?.Arguments.Count is null or 0 && repair.Converts(property.Type, type) => property.Name,
                IFieldSymbol { AssociatedSymbol: null } field when creation.ArgumentList?.Arguments.Count is null or 0 && repair.Converts(field.Type, type) => field.Name,
                IMethodSymbol { MethodKind: MethodKind.Ordinary } method when repair.Converts(method.ReturnType, type) => method.Name + arguments,
                _ => null,
            };
            if (text is not null)
                repair.Offer($"Use '{type.Name}.{text}'", 0.86, SyntaxShapes.Replace(creation, $"{repair.Write(type, creation.SpanStart)}.{text}"));
        }
    }

    private static void OfferWider(RepairContext repair, ISymbol symbol)
    {
        if (symbol.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(repair.CancellationToken) is not { } declaration)
            return;
        var sameAssembly = symbol.ContainingAssembly.Name == repair.Compilation.AssemblyName;
        var caller = repair.Model.GetEnclosingSymbol(repair.Span.Start)?.ContainingType ?? repair.Model.GetEnclosingSymbol(repair.Span.Start) as INamedTypeSymbol;
        var isDerived = symbol.ContainingType is { } owner && caller is not null && Bases(caller).Contains(owner.OriginalDefinition, SymbolEqualityComparer.Default);
        var isAccessor = declaration is AccessorDeclarationSyntax;
        var name = symbol switch
        {
            IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
            IMethodSymbol { MethodKind: MethodKind.Constructor } => symbol.ContainingType.Name,
            _ => symbol.Name,
        };

        if (isDerived && !isAccessor)
            Offer("protected", 0.88);
        if (isDerived && isAccessor)
            Offer("protected", 0.84);
        if (sameAssembly)
            Offer("internal", 0.75);
        Offer("public", sameAssembly ? 0.70 : 0.78);

        void Offer(string modifier, double score)
        {
            if (ChangeAccess(declaration, modifier) is { } edits)
                repair.OfferIn(declaration.SyntaxTree, $"Make '{name}' {modifier}", score, edits);
        }
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current.OriginalDefinition;
    }

    private static void OfferSameAsBase(RepairContext repair)
    {
        if (repair.Enclosing<MemberDeclarationSyntax>() is not { } member || repair.Model.GetDeclaredSymbol(member) is not { } symbol)
            return;
        var overridden = symbol switch
        {
            IMethodSymbol method => (ISymbol?)method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        if (overridden is not null && ChangeAccess(member, SyntaxFacts.GetText(overridden.DeclaredAccessibility)) is { } edits)
            repair.Offer($"Make '{symbol.Name}' {SyntaxFacts.GetText(overridden.DeclaredAccessibility)}", 0.95, edits);
    }

    /// <summary>A member that implements an interface implicitly has to be public.</summary>
    private static void OfferPublicImplementation(RepairContext repair)
    {
        if (repair.Enclosing<TypeDeclarationSyntax>() is not { } type)
            return;
        var message = repair.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var member in type.Members.Where(member => !member.Modifiers.Any(SyntaxKind.PublicKeyword)))
        {
            if (repair.Model.GetDeclaredSymbol(member) is { } symbol && message.Contains($"'{symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'", StringComparison.Ordinal)
                && ChangeAccess(member, "public") is { } edits)
                repair.Offer($"Make '{symbol.Name}' public", 0.95, edits);
        }
    }

    /// <summary>The edits that give a declaration an accessibility; null where it can have none.</summary>
    public static IReadOnlyList<TextChange>? ChangeAccess(SyntaxNode declaration, string accessibility)
    {
        if (declaration is VariableDeclaratorSyntax)
            declaration = declaration.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>() ?? declaration;
        var modifiers = declaration switch
        {
            AccessorDeclarationSyntax accessor => accessor.Modifiers,
            MemberDeclarationSyntax member => member.Modifiers,
            _ => default,
        };
        var old = modifiers.Where(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())).ToList();
        if (declaration is AccessorDeclarationSyntax && accessibility == "public")
        {
            // An accessor as open as its property carries no modifier of its own.
            return old.Count == 0 ? null : [new TextChange(TextSpan.FromBounds(old[0].SpanStart, old[^1].GetNextToken().SpanStart), "")];
        }
        if (old.Count > 0)
            return [new TextChange(TextSpan.FromBounds(old[0].SpanStart, old[^1].Span.End), accessibility)];
        var start = declaration switch
        {
            AccessorDeclarationSyntax accessor => accessor.Keyword.SpanStart,
            MemberDeclarationSyntax { Modifiers: [var first, ..] } => first.SpanStart,
            MemberDeclarationSyntax member => (member.AttributeLists.Any()
                ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken()).SpanStart,
            _ => -1,
        };
        return start < 0 ? null : [SyntaxShapes.Insert(start, accessibility + " ")];
    }
}
