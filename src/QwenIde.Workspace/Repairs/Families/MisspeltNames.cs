using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A name that nothing has: the nearest symbol in reach that could stand there.</summary>
internal sealed class MisspeltNames : RepairFamily
{
    private static readonly string[] _typeKeywords =
        ["string", "int", "bool", "double", "decimal", "long", "object", "char", "byte", "float", "short", "uint", "ulong", "void", "var", "dynamic"];

    private static readonly string[] _expressionKeywords = ["null", "true", "false", "this", "base", "default", "value", "string", "int", "nameof", "typeof"];

    private static readonly string[] _statementKeywords = ["return", "await", "throw", "static", "readonly", "public", "private", "internal", "protected", "async", "const", "override", "virtual", "yield", "using"];

    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS0117", "CS1061", "CS0103", "CS0246", "CS0234", "CS0426", "CS1739", "CS0616", "CS0154", "CS8773", "CS1929", "CS0115"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent is not { } place)
            return Task.CompletedTask;
        var name = repair.Node switch
        {
            SimpleNameSyntax simple => simple,
            QualifiedNameSyntax qualified => qualified.Right,
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax member => member.Name,
            _ => place as SimpleNameSyntax,
        };
        if (name is null || repair.Id == "CS0115")
            return Task.CompletedTask;

        var wanted = name.Identifier.ValueText;
        var isAttribute = name.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(name.Span);
        foreach (var (symbol, similarity) in Candidates(repair, name)
            .Where(symbol => symbol.CanBeReferencedByName && symbol.Name != wanted && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
            .GroupBy(symbol => symbol.Name)
            .Select(group => (Symbol: group.First(), Similarity: Math.Max(Similarity(wanted, group.Key, isAttribute), ByType(wanted, group.First())) + group.Max(symbol => Fitness(repair, name, symbol))))
            .Where(candidate => candidate.Similarity > 0.35)
            .OrderByDescending(candidate => candidate.Similarity)
            .Take(6))
        {
            var text = isAttribute && symbol.Name.EndsWith("Attribute", StringComparison.Ordinal) ? symbol.Name[..^9] : symbol.Name;
            repair.Offer($"Change '{wanted}' to '{text}'", Score(similarity), new TextChange(name.Identifier.Span, Escape(text)));
            OfferOtherKind(repair, name, symbol, similarity);
        }
        OfferKeywords(repair, name, wanted);
        return Task.CompletedTask;
    }

    /// <summary>What is called may be a property, and what is read a method.</summary>
    private static void OfferOtherKind(RepairContext repair, SimpleNameSyntax name, ISymbol symbol, double similarity)
    {
        ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        var call = expression.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } invocation && invocation.Expression == expression ? invocation : null;
        if (call is not null && symbol is IPropertySymbol or IFieldSymbol)
        {
            repair.Offer(
                $"Change '{name.Identifier}()' to '{symbol.Name}'", Score(similarity + 0.25),
                new TextChange(TextSpan.FromBounds(name.SpanStart, call.Span.End), symbol.Name));
        }
        else if (expression.Parent is not InvocationExpressionSyntax && symbol is IMethodSymbol method && Accepts(method, 0))
        {
            repair.Offer($"Change '{name.Identifier}' to '{symbol.Name}()'", Score(similarity - 0.02), new TextChange(name.Span, symbol.Name + "()"));
        }
    }

    /// <summary>A slip of the finger is nearly certain; a slip of memory is a guess.</summary>
    private static double Score(double similarity) => 0.45 + (0.48 * Math.Min(similarity, 1));

    private static double Similarity(string wanted, string candidate, bool isAttribute) => Math.Max(
        NameDistance.Similarity(wanted, candidate),
        isAttribute && candidate.EndsWith("Attribute", StringComparison.Ordinal) ? NameDistance.Similarity(wanted, candidate[..^9]) : 0);

    /// <summary>A variable may be called what its type is: <c>emp</c> for an <c>Employee</c> named <c>e</c>.</summary>
    private static double ByType(string wanted, ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol && wanted.Length >= 3 && TypeOf(symbol) is { Name.Length: > 0 } type
        && type.Name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0.5 : 0;

    private static IEnumerable<ISymbol> Candidates(RepairContext repair, SimpleNameSyntax name)
    {
        var model = repair.Model;
        var position = name.SpanStart;
        switch (name.Parent)
        {
            case MemberAccessExpressionSyntax access when access.Name == name:
                return Members(model, access.Expression, position);
            case MemberBindingExpressionSyntax binding:
                var receiver = binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
                    .FirstOrDefault(access => access.WhenNotNull.Span.Contains(binding.Span))?.Expression;
                return receiver is null ? [] : Members(model, receiver, position);
            case QualifiedNameSyntax qualified when qualified.Right == name:
                return model.GetSymbolInfo(qualified.Left).Symbol is INamespaceOrTypeSymbol container
                    ? model.LookupNamespacesAndTypes(position, container) : [];
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment when assignment.Left == name:
                return InitializedType(model, initializer) is { } created
                    ? model.LookupSymbols(position, created).Where(symbol => symbol is IPropertySymbol or IFieldSymbol && !symbol.IsStatic) : [];
            case NameColonSyntax { Parent: ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } } }:
                return Parameters(model, call);
            case NameColonSyntax { Parent: SubpatternSyntax { Parent: PropertyPatternClauseSyntax { Parent: { } pattern } } }:
                return model.GetTypeInfo(pattern).Type is { } matched ? model.LookupSymbols(position, matched) : [];
            default:
                return SyntaxFacts.IsInTypeOnlyContext(name) || name.FirstAncestorOrSelf<AttributeSyntax>()?.Name == name
                    ? model.LookupNamespacesAndTypes(position) : model.LookupSymbols(position);
        }
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, ExpressionSyntax receiver, int position)
    {
        switch (model.GetSymbolInfo(receiver).Symbol)
        {
            case INamespaceSymbol space:
                return model.LookupNamespacesAndTypes(position, space);
            case ITypeSymbol type:
                return model.LookupStaticMembers(position, type);
            default:
                var instance = model.GetTypeInfo(receiver).Type;
                if (instance is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
                    && receiver.Parent is ConditionalAccessExpressionSyntax)
                    instance = nullable.TypeArguments[0];
                return instance is null or IErrorTypeSymbol ? []
                    : model.LookupSymbols(position, instance, includeReducedExtensionMethods: true).Where(symbol => !symbol.IsStatic || symbol is IMethodSymbol { ReducedFrom: not null });
        }
    }

    private static ITypeSymbol? InitializedType(SemanticModel model, InitializerExpressionSyntax initializer) => initializer.Parent switch
    {
        ExpressionSyntax creation => model.GetTypeInfo(creation).Type,
        _ => null,
    };

    private static IEnumerable<ISymbol> Parameters(SemanticModel model, SyntaxNode call)
    {
        var info = model.GetSymbolInfo(call);
        return info.CandidateSymbols.Append(info.Symbol).OfType<IMethodSymbol>().SelectMany(method => method.Parameters);
    }

    /// <summary>How well a symbol fits the place by kind and arity; a bonus or a malus on the likeness of names.</summary>
    private static double Fitness(RepairContext repair, SimpleNameSyntax name, ISymbol symbol)
    {
        SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        var fitness = 0.0;
        if (expression.Parent is InvocationExpressionSyntax call && call.Expression == expression
            || name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax })
        {
            var arguments = (expression.Parent as InvocationExpressionSyntax ?? (InvocationExpressionSyntax)name.Parent!.Parent!).ArgumentList.Arguments.Count;
            fitness += symbol is IMethodSymbol method ? (Accepts(method, arguments) ? 0.05 : -0.15)
                : TypeOf(symbol)?.TypeKind == TypeKind.Delegate ? 0 : -0.3;
        }
        else if (symbol is IMethodSymbol)
        {
            fitness -= 0.08;
        }
        if (name.Arity > 0 && symbol is INamedTypeSymbol type && type.Arity != name.Arity)
            fitness -= 0.3;
        if (name.Arity == 0 && symbol is INamedTypeSymbol { Arity: > 0 })
            fitness -= 0.2;
        if (name.Parent is ObjectCreationExpressionSyntax && symbol is INamedTypeSymbol { IsAbstract: true })
            fitness -= 0.2;
        // What the file's own project declares is likelier than one of the framework's thousands.
        if (symbol is ILocalSymbol or IParameterSymbol)
            fitness += 0.04;
        else if (symbol.Locations.Any(location => location.IsInSource))
            fitness += 0.02;
        return fitness;
    }

    private static bool Accepts(IMethodSymbol method, int arguments) =>
        arguments <= method.Parameters.Length && arguments >= method.Parameters.Count(parameter => parameter is { IsOptional: false, IsParams: false })
        || method.Parameters is [.., { IsParams: true }] && arguments >= method.Parameters.Length - 1;

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static void OfferKeywords(RepairContext repair, SimpleNameSyntax name, string wanted)
    {
        if (name.Arity > 0 || name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            return;
        var isType = SyntaxFacts.IsInTypeOnlyContext(name);
        foreach (var keyword in isType ? _typeKeywords.Concat(_statementKeywords) : _expressionKeywords.Concat(_statementKeywords))
        {
            var similarity = NameDistance.Similarity(wanted, keyword);
            if (similarity >= 0.5)
                repair.Offer($"Change '{wanted}' to '{keyword}'", Score(similarity + 0.01), new TextChange(name.Identifier.Span, keyword));
        }
    }

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
