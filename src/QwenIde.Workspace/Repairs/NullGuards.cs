using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>Statements that rule null out before it does harm: leave the function, the round of the loop, or complain.</summary>
internal static class NullGuards
{
    /// <summary>Guards for a name that may be null at an expression, each with how likely it is meant.</summary>
    public static IEnumerable<(string Title, double Score, TextChange Edit)> Before(RepairContext repair, ExpressionSyntax expression)
    {
        if (expression is not IdentifierNameSyntax name || name.EnclosingFunction() is not { } function
            || repair.Model.FunctionSymbol(function) is not { } method
            || repair.Model.GetSymbolInfo(name).Symbol is not { } symbol)
            yield break;
        var statement = name.Ancestors().TakeWhile(node => node != function).OfType<StatementSyntax>()
            .FirstOrDefault(candidate => candidate.Parent is BlockSyntax or SwitchSectionSyntax);
        if (statement is null || symbol is not (ILocalSymbol or IParameterSymbol) || IsDeclaredIn(statement, symbol))
            yield break;

        foreach (var (leave, score) in Ways(repair, statement, method, symbol))
            yield return ($"Guard: if ({name} is null) {leave}", score, Insert(repair, statement, If(repair, statement, $"{name} is null", leave)));
        if (symbol is IParameterSymbol)
        {
            var exception = repair.Compilation.GetTypeByMetadataName("System.ArgumentNullException") is { } type
                ? repair.Write(type, statement.SpanStart) : "System.ArgumentNullException";
            var first = function.Block()?.Statements.FirstOrDefault() ?? statement;
            yield return ($"{exception}.ThrowIfNull({name})", 0.66, Insert(repair, first, $"{exception}.ThrowIfNull({name});"));
        }
    }

    private static IEnumerable<(string Leave, double Score)> Ways(RepairContext repair, StatementSyntax statement, IMethodSymbol method, ISymbol symbol)
    {
        var loop = statement.Ancestors().FirstOrDefault(node => node is ForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax || SyntaxShapes.IsFunction(node));
        if (loop is StatementSyntax and not LocalFunctionStatementSyntax && symbol is ILocalSymbol)
            yield return ("continue;", 0.74);
        var result = SyntaxShapes.ResultType(method);
        if (result is null)
            yield return ("return;", 0.73);
        else if (result.SpecialType == SpecialType.System_Boolean)
            yield return ("return false;", 0.73);
        else if (result.NullableAnnotation == NullableAnnotation.Annotated || result.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            yield return ("return null;", 0.75);
        else if (SyntaxShapes.IsTask(result) && result is INamedTypeSymbol { IsGenericType: false })
            yield return ($"return {result.Name}.CompletedTask;", 0.73);
        else if (NeutralValue.Of(result, repair, statement.SpanStart) is { } neutral)
            yield return ($"return {neutral};", NeutralValue.IsCollection(result) ? 0.72 : 0.62);
        var exception = repair.Compilation.GetTypeByMetadataName("System.InvalidOperationException") is { } type
            ? repair.Write(type, statement.SpanStart) : "System.InvalidOperationException";
        yield return ($"throw new {exception}(\"{NameDistance.Sentence(symbol.Name)} is missing.\");", 0.5);
    }

    private static string If(RepairContext repair, StatementSyntax statement, string condition, string leave)
    {
        var indentation = CodeStyleOf.IndentationAt(repair.Text, statement.SpanStart);
        var ifs = repair.Root.DescendantNodes().OfType<IfStatementSyntax>().ToList();
        var braces = ifs.Count > 0 && ifs.Count(other => other.Statement is BlockSyntax) * 2 > ifs.Count;
        var inner = $"{repair.NewLine}{indentation}{repair.Indentation}{leave}";
        if (!braces)
            return $"if ({condition}){inner}";
        var sameLine = ifs.Any(other => other.Statement is BlockSyntax block
            && repair.Text.Lines.GetLineFromPosition(block.SpanStart).LineNumber == repair.Text.Lines.GetLineFromPosition(other.CloseParenToken.SpanStart).LineNumber);
        var open = sameLine ? " {" : $"{repair.NewLine}{indentation}{{";
        return $"if ({condition}){open}{inner}{repair.NewLine}{indentation}}}";
    }

    private static TextChange Insert(RepairContext repair, StatementSyntax before, string statement) =>
        SyntaxShapes.Insert(before.SpanStart, $"{statement}{repair.NewLine}{CodeStyleOf.IndentationAt(repair.Text, before.SpanStart)}");

    private static bool IsDeclaredIn(StatementSyntax statement, ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(reference => statement.Span.Contains(reference.Span) && statement is not (LocalFunctionStatementSyntax or ForEachStatementSyntax));
}
