using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>
/// Makes a function <c>async</c>: the modifier, the task in the return type, the returns; and, if asked, those who call it,
/// who must then await.
/// </summary>
internal sealed class AsyncConversion(Solution solution, CancellationToken cancellationToken)
{
    private const int MaximumFunctions = 12;

    private readonly Dictionary<DocumentId, List<TextChange>> _edits = [];
    private readonly HashSet<(DocumentId, int)> _done = [];

    /// <summary>The solution after the change; null where a function cannot be async.</summary>
    /// <param name="document">Where it stands.</param>
    /// <param name="function">The method, local function or lambda.</param>
    /// <param name="more">Edits of the same document that go along.</param>
    /// <param name="withCallers">Whether callers are made to await, and so on upwards.</param>
    public async Task<Solution?> ApplyAsync(Document document, SyntaxNode function, IEnumerable<TextChange> more, bool withCallers)
    {
        EditsOf(document.Id).AddRange(more);
        var open = new Queue<(Document Document, SyntaxNode Function)>([(document, function)]);
        while (open.TryDequeue(out var next))
        {
            if (!_done.Add((next.Document.Id, next.Function.SpanStart)))
                continue;
            if (_done.Count > MaximumFunctions || await ConvertAsync(next.Document, next.Function).ConfigureAwait(false) is not { } isAwaitable)
                return null;
            if (!withCallers || !isAwaitable)
                continue;
            foreach (var caller in await AwaitAtCallersAsync(next.Document, next.Function).ConfigureAwait(false))
                open.Enqueue(caller);
        }
        var changed = solution;
        foreach (var (id, edits) in _edits)
        {
            var text = await solution.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            changed = changed.WithDocumentText(
                [id, .. solution.GetDocument(id)!.GetLinkedDocumentIds()],
                text.WithChanges(CodeStyleOf.WithLineEndingsOf(text, edits.Distinct().OrderBy(edit => edit.Span))));
        }
        return changed;
    }

    /// <summary>Whether callers have something to await now; null where the function cannot be async at all.</summary>
    private async Task<bool?> ConvertAsync(Document document, SyntaxNode function)
    {
        if (function.IsAsync())
            return false;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var edits = EditsOf(document.Id);
        if (function is AnonymousFunctionExpressionSyntax)
        {
            edits.Add(SyntaxShapes.Insert(function.SpanStart, "async "));
            return false;
        }
        if (function.ReturnType() is not { } type || model.FunctionSymbol(function) is not { } method
            || method.Parameters.Any(parameter => parameter.RefKind is RefKind.Out or RefKind.Ref))
            return null;

        edits.Add(SyntaxShapes.Insert(type.SpanStart, "async "));
        UnwrapReturns(model, function, edits);
        if (SyntaxShapes.IsTask(method.ReturnType) || method.ReturnType.Name == "IAsyncEnumerable")
            return true;
        if (method.ReturnsVoid && IsEventHandler(method))
            return false;
        // A contract that says void or T cannot be changed here.
        edits.Add(SyntaxShapes.Replace(type, method.ReturnsVoid ? "Task" : $"Task<{type}>"));
        var root = (CompilationUnitSyntax)model.SyntaxTree.GetRoot(cancellationToken);
        if (!model.LookupNamespacesAndTypes(type.SpanStart, name: "Task").Any())
            edits.Add(UsingDirectives.Insert(root, model.SyntaxTree.GetText(cancellationToken), "System.Threading.Tasks", type.SpanStart));
        return true;
    }

    /// <summary>What was returned as a task is awaited, or returned as it is.</summary>
    private static void UnwrapReturns(SemanticModel model, SyntaxNode function, List<TextChange> edits)
    {
        foreach (var statement in function.OwnNodes().OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is not null))
        {
            var value = statement.Expression!;
            if (!SyntaxShapes.IsTask(model.GetTypeInfo(value).Type))
                continue;
            if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" }, ArgumentList.Arguments: [var argument] })
                edits.Add(SyntaxShapes.Replace(value, argument.Expression.ToString()));
            else if (value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" })
                edits.Add(statement == function.Block()?.Statements.LastOrDefault()
                    ? new TextChange(SyntaxShapes.LinesOf(model.SyntaxTree.GetText(), statement.Span), "") : SyntaxShapes.Replace(statement, "return;"));
            else if (model.GetTypeInfo(value).Type is INamedTypeSymbol { IsGenericType: true })
                edits.Add(SyntaxShapes.Insert(value.SpanStart, "await "));
            else
                edits.Add(SyntaxShapes.Replace(statement, $"await {value};"));
        }
    }

    private async Task<IReadOnlyList<(Document, SyntaxNode)>> AwaitAtCallersAsync(Document document, SyntaxNode function)
    {
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var callers = new List<(Document, SyntaxNode)>();
        if (model.FunctionSymbol(function) is not { } method || SyntaxShapes.IsTask(method.ReturnType))
            return callers;
        foreach (var location in (await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false))
            .SelectMany(reference => reference.Locations).Where(location => !location.IsImplicit))
        {
            var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (root?.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault()
                    is not { } call || !call.Expression.Span.Contains(location.Location.SourceSpan) || call.Parent is AwaitExpressionSyntax)
                continue;
            var isOperand = call.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax;
            var edits = EditsOf(location.Document.Id);
            edits.Add(SyntaxShapes.Insert(call.SpanStart, isOperand ? "(await " : "await "));
            if (isOperand)
                edits.Add(SyntaxShapes.Insert(call.Span.End, ")"));
            if (call.EnclosingFunction() is { } caller)
                callers.Add((location.Document, caller));
        }
        return callers;
    }

    private static bool IsEventHandler(IMethodSymbol method) =>
        method.Parameters is [{ Type.SpecialType: SpecialType.System_Object }, var second] && second.Type.Name.EndsWith("EventArgs", StringComparison.Ordinal);

    private List<TextChange> EditsOf(DocumentId id)
    {
        if (!_edits.TryGetValue(id, out var edits))
            _edits.Add(id, edits = []);
        return edits;
    }
}
