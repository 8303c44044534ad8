using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Checking;

/// <summary>
/// All that the rest of the world can learn from a file: what it declares, as bound. While the outline stays the same, a
/// change of the file can alter the diagnostics of that file only.
/// </summary>
/// <param name="Inside">What other files of the project see.</param>
/// <param name="Outside">What other projects see: the part that is accessible to them.</param>
internal sealed record DeclarationOutline(string Inside, string Outside)
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeExplicitInterface
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Draws the outline of one tree.</summary>
    public static DeclarationOutline Of(Compilation compilation, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var model = compilation.GetSemanticModel(tree);
        var root = tree.GetRoot(cancellationToken);
        var inside = new StringBuilder();
        var outside = new StringBuilder();
        var assemblyAttributes = compilation.Assembly.GetAttributes();
        var friends = assemblyAttributes.Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        foreach (var attributes in new[] { assemblyAttributes, compilation.SourceModule.GetAttributes() })
        {
            AppendAttributes(inside, attributes);
            AppendAttributes(outside, attributes);
        }

        if (root is CompilationUnitSyntax unit)
            AppendFileLevel(unit, inside);
        // Where the parser guessed, anything may be declared otherwise than it looks.
        foreach (var mistake in tree.GetDiagnostics(cancellationToken).Where(mistake => mistake.Severity == DiagnosticSeverity.Error))
        {
            inside.AppendLine(mistake.Id);
            outside.AppendLine(mistake.Id);
        }

        foreach (var (node, symbol) in Declarations(model, root, cancellationToken))
        {
            var description = $"{DeclarationHeader.Of(node)} {Describe(symbol)}";
            inside.AppendLine(description);
            if (IsVisibleOutside(symbol, friends))
                outside.AppendLine(description);
        }

        return new DeclarationOutline(inside.ToString(), outside.ToString());
    }

    private static void AppendFileLevel(CompilationUnitSyntax unit, StringBuilder inside)
    {
        foreach (var directive in unit.Usings.Where(directive => !directive.GlobalKeyword.IsKind(SyntaxKind.None)))
            inside.AppendLine(directive.ToString());
        if (unit.Members.OfType<GlobalStatementSyntax>().Any())
            inside.AppendLine("<top-level statements>");
    }

    private static IEnumerable<(SyntaxNode Node, ISymbol Symbol)> Declarations(
        SemanticModel model, SyntaxNode root, CancellationToken cancellationToken)
    {
        foreach (var node in root.DescendantNodes(
            node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax
                or EnumDeclarationSyntax or BaseFieldDeclarationSyntax or VariableDeclarationSyntax))
        {
            if (node is not (MemberDeclarationSyntax or VariableDeclaratorSyntax))
                continue;
            if (node is BaseFieldDeclarationSyntax or GlobalStatementSyntax or BaseNamespaceDeclarationSyntax)
                continue; // fields are seen by their declarators, namespaces by their members
            if (model.GetDeclaredSymbol(node, cancellationToken) is { } symbol)
                yield return (node, symbol);
        }
    }

    private static string Describe(ISymbol symbol)
    {
        var text = new StringBuilder(symbol.ToDisplayString(Format));
        AppendAttributes(text, symbol.GetAttributes());
        switch (symbol)
        {
            case INamedTypeSymbol type:
                text.Append(" : ").Append(type.TypeKind).Append(type.IsRecord).Append(type.IsReadOnly).Append(type.IsRefLikeType)
                    .Append(type.IsStatic).Append(type.IsAbstract).Append(type.IsSealed).Append(type.DeclaredAccessibility)
                    .Append(type.BaseType?.ToDisplayString(Format)).Append(type.EnumUnderlyingType?.SpecialType);
                foreach (var contract in type.Interfaces)
                    text.Append(", ").Append(contract.ToDisplayString(Format));
                foreach (var parameter in type.DelegateInvokeMethod?.Parameters ?? [])
                    text.Append("; ").Append(parameter.ToDisplayString(Format));
                text.Append(type.DelegateInvokeMethod?.ReturnType.ToDisplayString(Format));
                foreach (var constructor in type.InstanceConstructors) // primary ones have no node of their own here
                    text.Append("; ").Append(constructor.ToDisplayString(Format));
                break;
            case IMethodSymbol method:
                AppendAttributes(text, method.GetReturnTypeAttributes());
                foreach (var parameter in method.Parameters)
                    AppendAttributes(text, parameter.GetAttributes());
                break;
            case IPropertySymbol property:
                text.Append(property.IsRequired)
                    .Append(property.GetMethod?.DeclaredAccessibility).Append(property.SetMethod?.DeclaredAccessibility)
                    .Append(property.SetMethod?.IsInitOnly);
                break;
            case IFieldSymbol field:
                text.Append(field.IsRequired).Append(field.IsVolatile).Append(field.HasConstantValue ? field.ConstantValue : null);
                break;
        }

        return text.ToString();
    }

    private static void AppendAttributes(StringBuilder text, ImmutableArray<AttributeData> attributes)
    {
        foreach (var attribute in attributes)
            text.Append(" [").Append(attribute).Append(']')
                .Append(attribute.ApplicationSyntaxReference?.GetSyntax()); // a faulty argument shows only there
    }

    private static bool IsVisibleOutside(ISymbol symbol, bool friends)
    {
        // Whoever uses a struct depends on all of its fields: definite assignment, the unmanaged constraint.
        var first = symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Struct } ? symbol.ContainingSymbol : symbol;
        for (var s = first; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
            if (s.DeclaredAccessibility == Accessibility.Private
                || (!friends && s.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal))
                return false;
        return true;
    }
}
