using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.Extensions.Logging;

namespace QwenIde.Workspace.Repairs;

/// <summary>
/// The SDK's own code fixers as a source of repairs. They are code we do not control: each runs under a time budget, and
/// what it throws ends in the log.
/// </summary>
internal sealed class SdkCodeFixes : IRepairSource
{
    private readonly ImmutableDictionary<string, ImmutableArray<CodeFixProvider>> _providersById;
    private readonly ILogger _logger;
    private readonly TimeSpan _budget;

    /// <summary>Takes the fixers of a host.</summary>
    /// <param name="host">The composed host.</param>
    /// <param name="logger">Where failures of single fixers are told.</param>
    /// <param name="budget">The longest that one fixer may take for one diagnostic.</param>
    public SdkCodeFixes(RoslynHost host, ILogger logger, TimeSpan budget)
    {
        _logger = logger;
        _budget = budget;
        _providersById = host.CodeFixProviders
            .Where(provider => SdkCodeFixRanks.IsWanted(provider.GetType().Name))
            .SelectMany(provider => provider.FixableDiagnosticIds.Select(id => (id, provider)))
            .Where(pair => RoslynHost.IsCompilerId(pair.id))
            .GroupBy(pair => pair.id)
            .ToImmutableDictionary(group => group.Key, group => group.Select(pair => pair.provider).ToImmutableArray());
        DiagnosticIds = [.. _providersById.Keys];
        foreach (var fault in host.Faults)
            logger.LogWarning("A code fixer of the SDK could not be created. {Fault}", fault);
    }

    /// <inheritdoc/>
    public ImmutableHashSet<string> DiagnosticIds { get; }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RepairCandidate>> ProposeAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        if (!_providersById.TryGetValue(request.Diagnostic.Id, out var providers))
            return [];
        var document = await CodeStyleOf.FileAsync(request.Document, cancellationToken).ConfigureAwait(false);
        var found = await Task.WhenAll(providers.Select(provider => RunAsync(provider, document, request, cancellationToken)))
            .ConfigureAwait(false);
        return [.. found.SelectMany(candidates => candidates).OrderByDescending(candidate => candidate.Score)];
    }

    private async Task<ImmutableArray<RepairCandidate>> RunAsync(
        CodeFixProvider provider, Document document, RepairRequest request, CancellationToken cancellationToken)
    {
        var name = provider.GetType().Name;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(_budget);
        try
        {
            // A fixer that ignores its token is left behind, not waited for.
            return await Task.Run(() => CollectAsync(provider, document, request, budget.Token), budget.Token)
                .WaitAsync(budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.LogInformation("{Fixer} ran out of its {Budget} for {Id}.", name, _budget, request.Diagnostic.Id);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _logger.LogWarning("{Fixer} failed on {Id}: {Error}", name, request.Diagnostic.Id, error.Message);
        }
        return [];
    }

    private static async Task<ImmutableArray<RepairCandidate>> CollectAsync(
        CodeFixProvider provider, Document document, RepairRequest request, CancellationToken cancellationToken)
    {
        var actions = new ConcurrentQueue<CodeAction>();
        var context = new CodeFixContext(document, request.Diagnostic, (action, _) => actions.Enqueue(action), cancellationToken);
        await provider.RegisterCodeFixesAsync(context).ConfigureAwait(false);

        var candidates = ImmutableArray.CreateBuilder<RepairCandidate>();
        foreach (var action in actions.SelectMany(Flatten).Where(action => action is not CodeActionWithOptions))
        {
            var solution = document.Project.Solution;
            var operations = await action.GetOperationsAsync(solution, NoProgress.Instance, cancellationToken).ConfigureAwait(false);
            if (operations is not [ApplyChangesOperation { ChangedSolution: var changed }])
                continue;
            if (await TextOnlyAsync(solution, changed, request.Document.Project.Solution, cancellationToken).ConfigureAwait(false) is not { } texts)
                continue;
            var score = SdkCodeFixRanks.Score(provider.GetType().Name, action.Title, request.Diagnostic.Id);
            candidates.Add(new RepairCandidate(action.Title, provider.GetType().Name, texts, score));
        }
        return candidates.ToImmutable();
    }

    private static IEnumerable<CodeAction> Flatten(CodeAction action) =>
        action.NestedActions.IsDefaultOrEmpty ? [action] : action.NestedActions.SelectMany(Flatten);

    /// <summary>The same texts on top of <paramref name="target"/>; null if anything but texts of existing documents changed.</summary>
    private static async Task<Solution?> TextOnlyAsync(
        Solution before, Solution after, Solution target, CancellationToken cancellationToken)
    {
        var changes = after.GetChanges(before);
        if (changes.GetAddedProjects().Any() || changes.GetRemovedProjects().Any())
            return null;
        foreach (var project in changes.GetProjectChanges())
        {
            if (project.GetAddedDocuments().Any() || project.GetRemovedDocuments().Any()
                || project.GetAddedMetadataReferences().Any() || project.GetAddedProjectReferences().Any()
                || project.GetChangedAdditionalDocuments().Any() || project.GetChangedAnalyzerConfigDocuments().Any()
                || !Equals(project.OldProject.ParseOptions, project.NewProject.ParseOptions)
                || !Equals(project.OldProject.CompilationOptions, project.NewProject.CompilationOptions))
                return null;
            foreach (var id in project.GetChangedDocuments())
            {
                var original = await target.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
                var edits = await after.GetDocument(id)!.GetTextChangesAsync(before.GetDocument(id)!, cancellationToken).ConfigureAwait(false);
                target = target.WithDocumentText(id, original.WithChanges(CodeStyleOf.WithLineEndingsOf(original, edits)));
            }
        }
        return target;
    }

    private sealed class NoProgress : IProgress<CodeAnalysisProgress>
    {
        public static NoProgress Instance { get; } = new();

        public void Report(CodeAnalysisProgress value)
        {
        }
    }
}
