using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>A member that must not be null has no value when the constructor ends (CS8618).</summary>
internal sealed class UninitializedMembers : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } = ["CS8618"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (Member(repair) is not { } member || member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(repair.CancellationToken) is not { } declaration
            || declaration.SyntaxTree != repair.Root.SyntaxTree)
            return Task.CompletedTask;
        var type = member switch { IPropertySymbol property => property.Type, IFieldSymbol field => field.Type, IEventSymbol happening => happening.Type, _ => null };
        if (type is null)
            return Task.CompletedTask;
        var constructors = member.ContainingType.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared).ToList();

        OfferConstructor(repair, member, type, constructors);
        OfferInitializer(repair, member, type, declaration);
        OfferRequired(repair, member, declaration, constructors.Count > 0);
        OfferNullable(repair, member, declaration, type);
        return Task.CompletedTask;
    }

    private static ISymbol? Member(RepairContext repair)
    {
        var token = repair.Root.FindToken(repair.Span.Start);
        if (token.Parent is PropertyDeclarationSyntax or VariableDeclaratorSyntax or EventDeclarationSyntax && token.Parent is { } declared)
            return repair.Model.GetDeclaredSymbol(declared);
        // At a constructor the member stands in the message: property 'Name' must contain….
        var parts = repair.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split('\'');
        return parts.Length > 1 && token.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            ? repair.Model.GetDeclaredSymbol(type)?.GetMembers(parts[1]).FirstOrDefault() : null;
    }

    /// <summary>The constructor takes the value: from the parameter that waits for it, or from a new one.</summary>
    private static void OfferConstructor(RepairContext repair, ISymbol member, ITypeSymbol type, List<IMethodSymbol> constructors)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent is not ConstructorDeclarationSyntax constructor)
            return;
        var bare = member.Name.TrimStart('_');
        if (repair.Model.GetDeclaredSymbol(constructor) is { } method
            && method.Parameters.Where(parameter => repair.Converts(parameter.Type, type) && parameter.RefKind != RefKind.Out)
                .OrderByDescending(parameter => NameDistance.Similarity(bare, parameter.Name)).FirstOrDefault() is { } waiting
            && NameDistance.Similarity(bare, waiting.Name) > 0.4)
            repair.Offer($"Assign '{waiting.Name}'", 0.95, Assign(repair, constructor, member.Name, waiting.Name));

        var isService = type.TypeKind is TypeKind.Interface or TypeKind.Class or TypeKind.Delegate && type.SpecialType != SpecialType.System_String && !NeutralValue.IsCollection(type);
        var parameterName = char.ToLowerInvariant(bare[0]) + bare[1..];
        if (constructors.Count != 1 || repair.Root.SyntaxTree != constructor.SyntaxTree)
            return;
        var list = constructor.ParameterList;
        var typeText = repair.Write(type, list.SpanStart);
        var parameterText = (list.Parameters.Count > 0 ? ", " : "") + $"{typeText} {parameterName}";
        repair.Offer(
            $"Take '{parameterName}' in the constructor", isService || IsReadOnly(member) ? 0.87 : member is IFieldSymbol ? 0.72 : 0.66,
            SyntaxShapes.Insert(list.CloseParenToken.SpanStart, parameterText), Assign(repair, constructor, member.Name, parameterName));
    }

    private static bool IsReadOnly(ISymbol member) => member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };

    private static TextChange Assign(RepairContext repair, ConstructorDeclarationSyntax constructor, string member, string value)
    {
        var statement = $"{(member == value ? "this." : "")}{member} = {value};";
        var outer = CodeStyleOf.IndentationAt(repair.Text, constructor.SpanStart);
        if (constructor.Body is not { } body)
        {
            // An arrow has room for one expression; two need a block.
            var start = constructor.Initializer?.Span.End ?? constructor.ParameterList.Span.End;
            var inner = $"{repair.NewLine}{outer}{repair.Indentation}";
            return new TextChange(
                TextSpan.FromBounds(start, constructor.Span.End),
                $"{repair.NewLine}{outer}{{{inner}{constructor.ExpressionBody?.Expression};{inner}{statement}{repair.NewLine}{outer}}}");
        }
        if (body.Statements.LastOrDefault() is { } last)
        {
            var end = repair.Text.Lines.GetLineFromPosition(last.Span.End).End;
            if (end < body.CloseBraceToken.SpanStart)
                return SyntaxShapes.Insert(end, $"{repair.NewLine}{CodeStyleOf.IndentationAt(repair.Text, last.SpanStart)}{statement}");
            return SyntaxShapes.Insert(last.Span.End, " " + statement);
        }
        var closing = repair.Text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart);
        if (closing.LineNumber == repair.Text.Lines.GetLineFromPosition(body.OpenBraceToken.SpanStart).LineNumber)
            return new TextChange(TextSpan.FromBounds(body.OpenBraceToken.Span.End, body.CloseBraceToken.SpanStart), $" {statement} ");
        var indentation = CodeStyleOf.IndentationAt(repair.Text, body.CloseBraceToken.SpanStart);
        return SyntaxShapes.Insert(closing.Start, $"{indentation}{repair.Indentation}{statement}{repair.NewLine}");
    }

    private static void OfferInitializer(RepairContext repair, ISymbol member, ITypeSymbol type, SyntaxNode declaration)
    {
        if (declaration is PropertyDeclarationSyntax { AccessorList: null } || member is IEventSymbol)
            return;
        if (NeutralValue.Of(type, repair, declaration.SpanStart) is { } neutral)
        {
            // What is never set again would keep its empty value for ever.
            var score = NeutralValue.IsCollection(type) ? 0.9 : IsReadOnly(member) ? 0.5 : type.SpecialType == SpecialType.System_String ? 0.8 : 0.64;
            Initialize(neutral, score);
        }
        Initialize("null!", 0.25);

        void Initialize(string value, double score) => repair.Offer(
            $"Initialize with {value}", score,
            SyntaxShapes.Insert(declaration.Span.End, declaration is PropertyDeclarationSyntax ? $" = {value};" : $" = {value}"));
    }

    private static void OfferRequired(RepairContext repair, ISymbol member, SyntaxNode declaration, bool hasConstructors)
    {
        var settable = member is IPropertySymbol { SetMethod: { } setter } && setter.DeclaredAccessibility >= member.ContainingType.DeclaredAccessibility
            || member is IFieldSymbol { IsReadOnly: false } field && field.DeclaredAccessibility >= member.ContainingType.DeclaredAccessibility;
        var owner = declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (!settable || owner is null || member.ContainingType.TypeKind == TypeKind.Interface)
            return;
        var position = owner.Modifiers.LastOrDefault(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())) is { RawKind: not 0 } access
            ? access.GetNextToken().SpanStart : (owner.AttributeLists.Any() ? owner.AttributeLists.Last().GetLastToken().GetNextToken() : owner.GetFirstToken()).SpanStart;
        repair.Offer($"Make '{member.Name}' required", hasConstructors ? 0.6 : 0.85, SyntaxShapes.Insert(position, "required "));
    }

    private static void OfferNullable(RepairContext repair, ISymbol member, SyntaxNode declaration, ITypeSymbol type)
    {
        var syntax = DeclaredTypes.Of(member, repair.CancellationToken)
            ?? (declaration as VariableDeclaratorSyntax)?.FirstAncestorOrSelf<EventFieldDeclarationSyntax>()?.Declaration.Type;
        if (syntax is null or NullableTypeSyntax)
            return;
        // An event without listeners is null; a private field that other methods fill is null until then.
        var score = member is IEventSymbol || type.TypeKind == TypeKind.Delegate ? 0.92 : IsReadOnly(member) ? 0.55 : member is IFieldSymbol ? 0.82 : 0.66;
        repair.Offer($"Declare as '{syntax}?'", score, SyntaxShapes.Insert(syntax.Span.End, "?"));
    }
}
