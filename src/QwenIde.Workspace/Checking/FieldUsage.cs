using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Checking;

/// <summary>
/// Whether a change of bodies adds or takes away a use of an event, or of a field that only this assembly sees. Then the warnings
/// that count such uses over the whole project (CS0067, CS0169, CS0414, CS0649) may move, in whichever file the field is.
/// </summary>
internal static class FieldUsage
{
    /// <summary>Compares the uses of names in two versions of a file.</summary>
    public static bool MayDiffer(Compilation compilation, SyntaxNode before, SyntaxNode after, CancellationToken cancellationToken)
    {
        var balance = new Dictionary<(string Name, bool IsWritten), int>();
        Count(before, +1);
        Count(after, -1);
        return balance
            .Where(entry => entry.Value != 0)
            .Select(entry => entry.Key.Name)
            .Distinct()
            .Any(name => compilation.GetSymbolsWithName(name, SymbolFilter.Member, cancellationToken).Any(IsCounted));

        void Count(SyntaxNode root, int weight)
        {
            foreach (var node in root.DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                var key = (node.Identifier.ValueText, IsWritten(node));
                balance[key] = balance.GetValueOrDefault(key) + weight;
            }
        }
    }

    private static bool IsCounted(ISymbol symbol) =>
        symbol is IEventSymbol || symbol is IFieldSymbol
        && symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal;

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        SyntaxNode node = name;
        if (node.Parent is MemberAccessExpressionSyntax access && access.Name == node)
            node = access;
        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == node,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            PostfixUnaryExpressionSyntax => true,
            PrefixUnaryExpressionSyntax prefix =>
                prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            _ => false,
        };
    }
}
