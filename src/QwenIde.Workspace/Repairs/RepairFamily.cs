using System.Collections.Immutable;

namespace QwenIde.Workspace.Repairs;

/// <summary>A family of our own repairs: one kind of slip, the diagnostics it shows as, and what an expert would do.</summary>
internal abstract class RepairFamily : IRepairSource
{
    /// <summary>The name under which our own repairs are shown.</summary>
    public const string SourceName = "QwenIde";

    /// <inheritdoc/>
    public abstract ImmutableHashSet<string> DiagnosticIds { get; }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RepairCandidate>> ProposeAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        if (await RepairContext.CreateAsync(request, cancellationToken).ConfigureAwait(false) is not { } context)
            return [];
        await OfferAsync(context).ConfigureAwait(false);
        return context.Offers;
    }

    /// <summary>Makes offers to <paramref name="context"/>; none is an ordinary answer.</summary>
    protected abstract Task OfferAsync(RepairContext context);
}
