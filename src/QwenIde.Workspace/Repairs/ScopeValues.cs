using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Repairs;

/// <summary>What is at hand for a parameter: variables and members in scope, and one step into them.</summary>
internal static class ScopeValues
{
    /// <summary>Values that fit by type, the best by name first; a neutral value as the last resort.</summary>
    public static IReadOnlyList<(string Text, double Score)> For(RepairContext repair, IParameterSymbol parameter, int position)
    {
        var values = new List<(string Text, double Score)>();
        var inScope = repair.InScope(position)
            .Where(symbol => symbol.CanBeReferencedByName && IsUsable(repair, symbol, position))
            .Select(symbol => (symbol, Type: TypeOf(symbol)!))
            .Where(pair => pair.Type is not (null or IErrorTypeSymbol))
            .ToList();
        var fitting = inScope.Where(pair => repair.Converts(pair.Type, parameter.Type)).ToList();
        foreach (var (symbol, type) in fitting)
        {
            var isSame = SymbolEqualityComparer.Default.Equals(type, parameter.Type);
            var likeness = NameDistance.Similarity(Bare(parameter.Name), Bare(symbol.Name));
            var isOnly = fitting.Count(pair => SymbolEqualityComparer.Default.Equals(pair.Type, parameter.Type)) == 1 && isSame && type.SpecialType == SpecialType.None;
            var score = likeness >= 1 ? 0.93 : likeness > 0.4 ? 0.55 + (0.3 * likeness) : isOnly ? 0.8 : isSame ? 0.5 : 0.4;
            if (parameter.Type.SpecialType == SpecialType.System_Object && likeness < 1)
                score = 0.3;
            values.Add((symbol.Name, score + (symbol is ILocalSymbol or IParameterSymbol ? 0.01 : 0)));
        }
        // A part of something at hand that is named as the parameter: customer.Id for customerId.
        foreach (var (symbol, type) in inScope.Where(pair => pair.symbol is ILocalSymbol or IParameterSymbol || pair.Type.Locations.Any(location => location.IsInSource)))
        {
            foreach (var part in type.GetMembers().OfType<IPropertySymbol>().Where(part => !part.IsStatic && part.Parameters.IsEmpty
                && repair.Model.IsAccessible(position, part) && repair.Converts(part.Type, parameter.Type)))
            {
                if (string.Equals(part.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
                    values.Add(($"{symbol.Name}.{part.Name}", 0.86));
                else if (string.Equals(symbol.Name.TrimStart('_') + part.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
                    values.Add(($"{symbol.Name}.{part.Name}", 0.9));
            }
        }
        if (NeutralValue.Of(parameter.Type, repair, position) is { } neutral)
            values.Add((neutral, parameter.Type.Name == "CancellationToken" ? 0.7 : 0.36));
        else if (parameter.Type.IsReferenceType && parameter.Type.NullableAnnotation == NullableAnnotation.Annotated)
            values.Add(("null", 0.4));
        return [.. values.OrderByDescending(value => value.Score)];
    }

    private static string Bare(string name) => name.TrimStart('_');

    private static bool IsUsable(RepairContext repair, ISymbol symbol, int position) => symbol switch
    {
        ILocalSymbol local => local.DeclaringSyntaxReferences.FirstOrDefault() is { } place && place.Span.End < position,
        IParameterSymbol { IsThis: false } => true,
        IFieldSymbol or IPropertySymbol { GetMethod: not null } => symbol.ContainingType.Locations.Any(location => location.IsInSource)
            && (symbol.IsStatic || repair.Model.GetEnclosingSymbol(position) is { IsStatic: false }) && symbol is not IFieldSymbol { AssociatedSymbol: not null },
        _ => false,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
