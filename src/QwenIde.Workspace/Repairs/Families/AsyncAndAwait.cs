using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>An <c>await</c> without <c>async</c>, an <c>async</c> without <c>await</c>, a task that nobody awaits.</summary>
internal sealed class AsyncAndAwait : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS4032", "CS4033", "CS4034", "CS4014", "CS1998", "CS0029", "CS1061", "CS0266", "CS4008", "CS1929", "CS0019", "CS8411"];

    /// <inheritdoc/>
    protected override async Task OfferAsync(RepairContext repair)
    {
        switch (repair.Id)
        {
            case "CS4032" or "CS4033" or "CS4034":
                await OfferAsyncModifierAsync(repair, [], 0.93).ConfigureAwait(false);
                break;
            case "CS4014":
                OfferAwaitOfStatement(repair);
                break;
            case "CS1998":
                OfferWithoutAsync(repair);
                break;
            case "CS1061" or "CS1929":
                await OfferAwaitOfReceiverAsync(repair).ConfigureAwait(false);
                break;
            case "CS0029" or "CS0266":
                await OfferAwaitOfValueAsync(repair).ConfigureAwait(false);
                break;
        }
    }

    private static async Task OfferAsyncModifierAsync(RepairContext repair, TextChange[] more, double score)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent?.EnclosingFunction() is not { } function)
            return;
        var solution = repair.Document.Project.Solution;
        foreach (var withCallers in new[] { false, true })
        {
            var changed = await new AsyncConversion(solution, repair.CancellationToken)
                .ApplyAsync(repair.Document, function, more, withCallers).ConfigureAwait(false);
            if (changed is not null)
                repair.OfferSolution(withCallers ? "Make async, and await where it is called" : "Make async", withCallers ? score - 0.02 : score, changed);
        }
        // What implements a contract, or is handed over as an action, has to stay void.
        if (function is MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } type })
            repair.Offer("Make 'async void'", 0.5, [.. more, SyntaxShapes.Insert(type.SpanStart, "async ")]);
    }

    private static void OfferAwaitOfStatement(RepairContext repair)
    {
        var expression = repair.Enclosing<ExpressionStatementSyntax>()?.Expression ?? repair.Node as ExpressionSyntax;
        if (expression is null)
            return;
        repair.Offer("Add 'await'", 0.95, SyntaxShapes.Insert(expression.SpanStart, "await "));
        repair.Offer("Discard with '_ ='", 0.5, SyntaxShapes.Insert(expression.SpanStart, "_ = "));
    }

    /// <summary>A member is asked of a task that its result has.</summary>
    private static async Task OfferAwaitOfReceiverAsync(RepairContext repair)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent?.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { } access
            || repair.Model.GetTypeInfo(access.Expression).Type is not INamedTypeSymbol { TypeArguments: [var result] } task || !SyntaxShapes.IsTask(task)
            || access.EnclosingFunction() is not { } function)
            return;
        var isKnown = repair.Model.LookupSymbols(access.SpanStart, result, access.Name.Identifier.ValueText, includeReducedExtensionMethods: true).Any();
        if (!isKnown)
            return;
        TextChange[] edits = [SyntaxShapes.Insert(access.Expression.SpanStart, "(await "), SyntaxShapes.Insert(access.Expression.Span.End, ")")];
        if (function.IsAsync())
            repair.Offer($"Await '{access.Expression}'", 0.95, edits);
        else
            await OfferAsyncModifierAsync(repair, edits, 0.9).ConfigureAwait(false);
    }

    private static async Task OfferAwaitOfValueAsync(RepairContext repair)
    {
        if (repair.Node is not ExpressionSyntax expression || expression.EnclosingFunction() is not { } function || function.IsAsync()
            || repair.Model.GetTypeInfo(expression).Type is not INamedTypeSymbol { TypeArguments: [_] } task || !SyntaxShapes.IsTask(task))
            return;
        await OfferAsyncModifierAsync(repair, [SyntaxShapes.Insert(expression.SpanStart, "await ")], 0.88).ConfigureAwait(false);
    }

    /// <summary>Either something was meant to be awaited, or the method gives a finished task.</summary>
    private static void OfferWithoutAsync(RepairContext repair)
    {
        if (repair.Root.FindToken(repair.Span.Start).Parent?.EnclosingFunction() is not { } function
            || repair.Model.FunctionSymbol(function) is not { } method)
            return;
        foreach (var (expression, text, score) in Blocking(repair, function))
            repair.Offer($"Change to '{text}'", score, SyntaxShapes.Replace(expression, text));

        var modifier = function.Modifiers().First(token => token.IsKind(SyntaxKind.AsyncKeyword));
        var edits = new List<TextChange> { new(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), "") };
        if (method.ReturnsVoid || FinishedTask(repair, function, method, edits))
            repair.Offer("Remove 'async'", method.ReturnsVoid ? 0.88 : 0.8, edits);
    }

    /// <summary>Calls that block although their own library offers to wait.</summary>
    private static IEnumerable<(ExpressionSyntax, string, double)> Blocking(RepairContext repair, SyntaxNode function)
    {
        foreach (var node in function.OwnNodes())
        {
            switch (node)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result when IsTask(repair, result.Expression):
                    yield return (result, Await(result, result.Expression), 0.93);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait, ArgumentList.Arguments.Count: 0 } call when IsTask(repair, wait.Expression):
                    yield return (call, Await(call, wait.Expression), 0.93);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter } } } call when IsTask(repair, awaiter.Expression):
                    yield return (call, Await(call, awaiter.Expression), 0.93);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep", Expression: var thread } sleep } call when thread.ToString().EndsWith("Thread", StringComparison.Ordinal):
                    yield return (call, $"await Task.Delay{call.ArgumentList}", 0.9);
                    break;
                case InvocationExpressionSyntax call when repair.Model.GetSymbolInfo(call).Symbol is IMethodSymbol called && SyntaxShapes.IsTask(called.ReturnType):
                    yield return (call, Await(call, call), 0.87);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when AsyncTwin(repair, call) is { } twin:
                    yield return (call, Await(call, SyntaxFactory.ParseExpression($"{access.Expression}.{twin}{call.ArgumentList}")), 0.83);
                    break;
            }
        }
    }

    private static string? AsyncTwin(RepairContext repair, InvocationExpressionSyntax call) =>
        repair.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { } type } called
        && type.GetMembers(called.Name + "Async").OfType<IMethodSymbol>().Any(twin => twin.IsStatic == called.IsStatic && SyntaxShapes.IsTask(twin.ReturnType))
            ? called.Name + "Async" : null;

    private static bool IsTask(RepairContext repair, ExpressionSyntax expression) => SyntaxShapes.IsTask(repair.Model.GetTypeInfo(expression).Type);

    private static string Await(ExpressionSyntax place, ExpressionSyntax task) =>
        place.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax ? $"(await {task})" : $"await {task}";

    /// <summary>Adds the edits that make each return give a finished task; false where that cannot be written.</summary>
    private static bool FinishedTask(RepairContext repair, SyntaxNode function, IMethodSymbol method, List<TextChange> edits)
    {
        if (!SyntaxShapes.IsTask(method.ReturnType))
            return false;
        var (name, result) = (method.ReturnType.Name, SyntaxShapes.ResultType(method));
        var arrow = function switch
        {
            MethodDeclarationSyntax { ExpressionBody: { } body } => body.Expression,
            LocalFunctionStatementSyntax { ExpressionBody: { } body } => body.Expression,
            AnonymousFunctionExpressionSyntax { ExpressionBody: { } body } => body,
            _ => null,
        };
        if (arrow is not null)
        {
            if (result is null || arrow is ThrowExpressionSyntax)
                return false;
            edits.Add(SyntaxShapes.Replace(arrow, $"{name}.FromResult{Argument(repair, arrow, result)}"));
            return true;
        }
        if (function.Block() is not { } block)
            return false;
        foreach (var statement in function.OwnNodes().OfType<ReturnStatementSyntax>())
        {
            edits.Add(statement.Expression is { } value
                ? SyntaxShapes.Replace(value, $"{name}.FromResult{Argument(repair, value, result)}")
                : SyntaxShapes.Replace(statement, $"return {name}.CompletedTask;"));
        }
        if (result is null && repair.Model.AnalyzeControlFlow(block) is { Succeeded: true, EndPointIsReachable: true })
        {
            var last = block.Statements.LastOrDefault();
            var indentation = last is null ? CodeStyleOf.IndentationAt(repair.Text, block.CloseBraceToken.SpanStart) + repair.Indentation
                : CodeStyleOf.IndentationAt(repair.Text, last.SpanStart);
            edits.Add(SyntaxShapes.Insert(
                repair.Text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart).Start, $"{indentation}return {name}.CompletedTask;{repair.NewLine}"));
        }
        return true;
    }

    /// <summary>The type argument is written only where the value alone would give another one.</summary>
    private static string Argument(RepairContext repair, ExpressionSyntax value, ITypeSymbol? result) =>
        result is null || SymbolEqualityComparer.IncludeNullability.Equals(repair.Model.GetTypeInfo(value).Type, result)
            ? $"({value})" : $"<{repair.Write(result, value.SpanStart)}>({value})";
}
