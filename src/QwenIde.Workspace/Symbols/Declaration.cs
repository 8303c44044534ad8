using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Symbols;

/// <summary>A declaration as written.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Container">Namespace and types around it, or empty.</param>
/// <param name="Signature">What follows the name in a full name: type parameters and parameter types.</param>
/// <param name="Kind">class, method, property…</param>
/// <param name="Span">The span of its identifier.</param>
/// <param name="IsMember">Whether it lies in a type.</param>
internal sealed record Declaration(string Name, string Container, string Signature, string Kind, TextSpan Span, bool IsMember)
{
    /// <summary>As <c>Shop.Orders.OrderService.PlaceAsync(Order)</c>.</summary>
    public string FullName => (Container.Length == 0 ? Name : $"{Container}.{Name}") + Signature;

    /// <summary>Every type and member that a tree declares.</summary>
    public static IEnumerable<Declaration> In(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax
            or BaseTypeDeclarationSyntax or BaseFieldDeclarationSyntax or VariableDeclarationSyntax))
        {
            var declaration = node switch
            {
                RecordDeclarationSyntax type => Type(type, type.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? "record struct" : "record"),
                TypeDeclarationSyntax type => Type(type, type.Keyword.ValueText),
                EnumDeclarationSyntax type => new Declaration(type.Identifier.ValueText, Around(type), "", "enum", type.Identifier.Span, IsMember: false),
                DelegateDeclarationSyntax type => new Declaration(
                    type.Identifier.ValueText, Around(type), $"{type.TypeParameterList}{Types(type.ParameterList)}", "delegate", type.Identifier.Span, IsMember: false),
                EnumMemberDeclarationSyntax member => Member(member, member.Identifier, "enum member", ""),
                MethodDeclarationSyntax member => Member(member, member.Identifier, "method", $"{member.TypeParameterList}{Types(member.ParameterList)}"),
                ConstructorDeclarationSyntax member => Member(member, member.Identifier, "constructor", Types(member.ParameterList)),
                PropertyDeclarationSyntax member => Member(member, member.Identifier, "property", ""),
                IndexerDeclarationSyntax member => Member(member, member.ThisKeyword, "indexer", Types(member.ParameterList)),
                EventDeclarationSyntax member => Member(member, member.Identifier, "event", ""),
                VariableDeclaratorSyntax { Parent.Parent: EventFieldDeclarationSyntax } member => Member(member, member.Identifier, "event", ""),
                VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } member => Member(
                    member, member.Identifier, field.Modifiers.Any(SyntaxKind.ConstKeyword) ? "constant" : "field", ""),
                _ => null,
            };
            if (declaration is { Name.Length: > 0 })
                yield return declaration;
        }
    }

    private static Declaration Type(TypeDeclarationSyntax type, string kind) =>
        new(type.Identifier.ValueText, Around(type), type.TypeParameterList?.ToString() ?? "", kind, type.Identifier.Span, IsMember: false);

    private static Declaration Member(SyntaxNode member, SyntaxToken identifier, string kind, string signature) =>
        new(identifier.ValueText, Around(member), signature, kind, identifier.Span, IsMember: true);

    private static string Around(SyntaxNode node) => string.Join('.', node.Ancestors().Select(ancestor => ancestor switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        _ => "",
    }).Where(name => name.Length > 0).Reverse());

    private static string Types(BaseParameterListSyntax parameters)
    {
        var types = string.Join(", ", parameters.Parameters.Select(parameter => parameter.Type?.ToString() ?? ""));
        return parameters is BracketedParameterListSyntax ? $"[{types}]" : $"({types})";
    }
}
