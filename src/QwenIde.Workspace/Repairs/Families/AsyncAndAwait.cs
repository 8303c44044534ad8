using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs.Families;

/// <summary>An <c>await</c> without <c>async</c>, or a task that nobody awaits.</summary>
/// <remarks>The reverse, CS1998, is no diagnostic of any compiler we run on: dotnet/roslyn#80144 took it out of C# 14's.</remarks>
internal sealed class AsyncAndAwait : RepairFamily
{
    /// <inheritdoc/>
    public override ImmutableHashSet<string> DiagnosticIds { get; } =
        ["CS4032", "CS4033", "CS4034", "CS4014", "CS0029", "CS1061", "CS0266", "CS1929"];

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
        // What keeps a contract has to stay void.
        if (function is MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } type }
            && repair.Model.GetDeclaredSymbol(function) is IMethodSymbol method && (method.IsOverride || ImplementsContract(method)))
            repair.Offer("Make 'async void'", 0.5, [.. more, SyntaxShapes.Insert(type.SpanStart, "async ")]);
    }

    private static bool ImplementsContract(IMethodSymbol method) => method.ContainingType.AllInterfaces
        .SelectMany(contract => contract.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

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
}
