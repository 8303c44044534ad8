using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>What nobody uses: a <c>using</c>, or one written twice, a variable, a label. Takes it away with its line.</summary>
internal sealed class UnusedCode : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS8019", "CS8933", "CS0105", "CS0168", "CS0219", "CS0164"];

    /// <inheritdoc/>
    protected override Task OfferAsync(RepairContext repair)
    {
        if (repair.Enclosing<UsingDirectiveSyntax>() is { } directive)
        {
            repair.Offer($"Remove '{directive}'", 0.95, RemoveUsing(repair, directive));
            OfferAllUnused(repair);
        }
        else if (repair.Enclosing<CatchDeclarationSyntax>() is { } caught && repair.Id == "CS0168")
        {
            repair.Offer(
                $"Remove '{caught.Identifier}'", 0.95,
                new TextChange(TextSpan.FromBounds(caught.Type.Span.End, caught.Identifier.Span.End), ""));
        }
        else if (repair.Enclosing<LabeledStatementSyntax>() is { } label && repair.Id == "CS0164")
        {
            repair.Offer($"Remove '{label.Identifier}:'", 0.9, new TextChange(TextSpan.FromBounds(label.SpanStart, label.Statement.SpanStart), ""));
        }
        else if (repair.Enclosing<VariableDeclaratorSyntax>() is { Parent: VariableDeclarationSyntax declaration } declarator)
        {
            OfferVariable(repair, declarator, declaration);
        }
        return Task.CompletedTask;
    }

    private static void OfferVariable(RepairContext repair, VariableDeclaratorSyntax declarator, VariableDeclarationSyntax declaration)
    {
        if (repair.Model.GetDeclaredSymbol(declarator) is not { } symbol)
            return;
        var edits = new List<TextChange>();
        // CS0219: values are assigned, and never read; what computes them may not have effects of its own.
        var scope = declarator.EnclosingFunction() ?? repair.Root;
        foreach (var name in scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == symbol.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(repair.Model.GetSymbolInfo(name).Symbol, symbol))
                continue;
            if (name.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment || assignment.Left != name)
                return;
            if (assignment.Right.DescendantNodesAndSelf().Any(HasEffect))
                edits.Add(new TextChange(TextSpan.FromBounds(assignment.SpanStart, assignment.Right.SpanStart), ""));
            else if (statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
                edits.Add(new TextChange(SyntaxShapes.LinesOf(repair.Text, statement.Span), ""));
            else if (statement.Parent is IfStatementSyntax { Else: null, Parent: BlockSyntax } condition && !condition.Condition.DescendantNodesAndSelf().Any(HasEffect))
                edits.Add(new TextChange(SyntaxShapes.LinesOf(repair.Text, condition.Span), ""));
            else
                return;
        }

        if (declaration.Variables.Count > 1)
        {
            var index = declaration.Variables.IndexOf(declarator);
            edits.Add(new TextChange(index == 0
                ? TextSpan.FromBounds(declarator.SpanStart, declaration.Variables[1].SpanStart)
                : TextSpan.FromBounds(declaration.Variables[index - 1].Span.End, declarator.Span.End), ""));
        }
        else if (declaration.Parent is LocalDeclarationStatementSyntax)
        {
            var span = declaration.Parent.Span;
            if (declarator.Initializer?.Value is { } value && value.DescendantNodesAndSelf().Any(HasEffect))
                edits.Add(new TextChange(TextSpan.FromBounds(span.Start, value.SpanStart), ""));
            else
                edits.Add(new TextChange(WithBlankLine(repair.Text, SyntaxShapes.LinesOf(repair.Text, span)), ""));
        }
        else
        {
            return;
        }
        repair.Offer($"Remove '{symbol.Name}'", 0.92, edits);
    }

    /// <summary>Between two empty lines, or under an open brace, what is removed takes one empty line with it.</summary>
    private static TextSpan WithBlankLine(SourceText text, TextSpan lines)
    {
        var first = text.Lines.GetLineFromPosition(lines.Start).LineNumber;
        var next = text.Lines.GetLineFromPosition(lines.End).LineNumber;
        var above = first == 0 ? "" : text.Lines[first - 1].ToString().Trim();
        var isBlankBelow = next < text.Lines.Count && string.IsNullOrWhiteSpace(text.Lines[next].ToString());
        return isBlankBelow && (above.Length == 0 || above == "{") && text.Lines[first].Start == lines.Start
            ? TextSpan.FromBounds(lines.Start, text.Lines[next].EndIncludingLineBreak) : lines;
    }

    private static TextChange RemoveUsing(RepairContext repair, UsingDirectiveSyntax directive)
    {
        var lines = SyntaxShapes.LinesOf(repair.Text, directive.Span);
        var siblings = UsingDirectives.All(repair.Root).Count(other => other.Parent == directive.Parent);
        // The last of a file's directives takes the empty line below with it.
        return new TextChange(siblings == 1 ? WithBlankLine(repair.Text, lines) : lines, "");
    }

    private static void OfferAllUnused(RepairContext repair)
    {
        if (repair.Id != "CS8019")
            return;
        var unused = repair.Model.GetDiagnostics(cancellationToken: repair.CancellationToken)
            .Where(diagnostic => diagnostic.Id == "CS8019")
            .Select(diagnostic => repair.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<UsingDirectiveSyntax>())
            .OfType<UsingDirectiveSyntax>().Distinct().ToList();
        if (unused.Count < 2)
            return;
        var isAll = unused.Count == repair.Root.Usings.Count;
        var edits = unused.ConvertAll(directive => new TextChange(SyntaxShapes.LinesOf(repair.Text, directive.Span), ""));
        if (isAll)
            edits[^1] = new TextChange(WithBlankLine(repair.Text, edits[^1].Span), "");
        repair.Offer("Remove all unused usings", 0.8, edits);
    }

    private static bool HasEffect(SyntaxNode node) =>
        node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax
        || node.IsKind(SyntaxKind.PostIncrementExpression) || node.IsKind(SyntaxKind.PostDecrementExpression)
        || node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression);
}
