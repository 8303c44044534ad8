using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Checking;

/// <summary>A declaration as it is written, without its bodies and the members in it.</summary>
internal static class DeclarationHeader
{
    /// <summary>The header's tokens, one blank between two; of an initialiser only that there is one.</summary>
    public static string Of(SyntaxNode declaration)
    {
        var text = new StringBuilder();
        if (declaration is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: BaseFieldDeclarationSyntax field } variables })
        {
            foreach (var part in field.AttributeLists)
                Append(part);
            text.Append(field.Modifiers).Append(' ');
            Append(variables.Type);
        }

        Append(declaration);
        return text.ToString();

        void Append(SyntaxNodeOrToken part)
        {
            switch (part.AsNode())
            {
                case null:
                    text.Append(part.AsToken().Text).Append(' ');
                    break;
                case BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax:
                    break;
                case EqualsValueClauseSyntax { Parent: not (ParameterSyntax or EnumMemberDeclarationSyntax) } value
                    when !IsConstant(value):
                    text.Append("= ");
                    break;
                case MemberDeclarationSyntax member when member != declaration:
                    break;
                default:
                    foreach (var child in part.ChildNodesAndTokens())
                        Append(child);
                    break;
            }
        }
    }

    private static bool IsConstant(EqualsValueClauseSyntax value) =>
        value.Parent?.Parent?.Parent is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword);
}
