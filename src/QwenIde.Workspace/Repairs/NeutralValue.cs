using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QwenIde.Workspace.Repairs;

/// <summary>The value that says "nothing yet" for a type, as an expert would write it: zero, empty, false.</summary>
internal static class NeutralValue
{
    /// <summary>The expression, or null where no value is neutral.</summary>
    public static string? Of(ITypeSymbol type, RepairContext repair, int position)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean:
                return "false";
            case SpecialType.System_String:
                return EmptyString(repair);
            case SpecialType.System_Char:
                return "'\\0'";
            case SpecialType.System_Decimal:
                return "0m";
            case SpecialType.System_Double or SpecialType.System_Single:
                return "0";
            case >= SpecialType.System_SByte and <= SpecialType.System_UInt64:
                return "0";
        }
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type.NullableAnnotation == NullableAnnotation.Annotated)
            return "null";
        if (IsCollection(type))
            return EmptyCollection(type, repair);
        return type switch
        {
            IArrayTypeSymbol array => $"new {repair.Write(array.ElementType, position)}[{string.Join(", ", Enumerable.Repeat(0, array.Rank))}]",
            { Name: "TimeSpan", ContainingNamespace.Name: "System" } => repair.Write(type, position) + ".Zero",
            { Name: "Guid", ContainingNamespace.Name: "System" } => repair.Write(type, position) + ".Empty",
            { Name: "CancellationToken", ContainingNamespace.Name: "Threading" } => repair.Write(type, position) + ".None",
            { IsValueType: true } => "default",
            INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } named when HasFreeConstructor(named) => "new()",
            _ => null,
        };
    }

    /// <summary>Whether a type is one of the ordinary collections, or their interface.</summary>
    public static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1 }
        || type is INamedTypeSymbol { SpecialType: not SpecialType.System_String } named
            && (named.OriginalDefinition.SpecialType is >= SpecialType.System_Collections_IEnumerable and <= SpecialType.System_Collections_Generic_IReadOnlyCollection_T
                || named.AllInterfaces.Any(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
                    && (named.TypeKind == TypeKind.Interface || HasFreeConstructor(named) || named.Name.StartsWith("Immutable", StringComparison.Ordinal)));

    /// <summary>The empty string as the file writes it.</summary>
    public static string EmptyString(RepairContext repair) =>
        repair.Root.ToString() is var text && text.Contains("\"\"", StringComparison.Ordinal) && !text.Contains("string.Empty", StringComparison.Ordinal)
            ? "\"\"" : "string.Empty";

    private static string? EmptyCollection(ITypeSymbol type, RepairContext repair)
    {
        var version = (repair.Document.Project.ParseOptions as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.Latest;
        var isDictionary = type.Name.Contains("Dictionary", StringComparison.Ordinal);
        if (isDictionary)
            return type.TypeKind == TypeKind.Class ? "new()" : null;
        if (version >= LanguageVersion.CSharp12 && type is IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true })
            return "[]";
        return type switch
        {
            IArrayTypeSymbol array => $"System.Array.Empty<{array.ElementType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>()",
            { TypeKind: TypeKind.Class } => "new()",
            _ => null,
        };
    }

    private static bool HasFreeConstructor(INamedTypeSymbol type) =>
        type.IsValueType || type.InstanceConstructors.Any(constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public && constructor.Parameters.IsEmpty);
}
