using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using QwenIde.Workspace.Repairs.Families;

namespace QwenIde.Workspace.Repairs;

/// <summary>All sources of repairs, in the order in which equal candidates are named.</summary>
internal static class RepairSources
{
    /// <summary>The longest that one fixer of the SDK may take for one diagnostic.</summary>
    private static readonly TimeSpan _fixerBudget = TimeSpan.FromSeconds(4);

    /// <summary>Our own families.</summary>
    public static ImmutableArray<IRepairSource> Own { get; } =
    [
        new MissingUsings(),
        new MisspeltNames(),
        new MissingReturns(),
        new MissingTokens(),
        new UnassignedLocals(),
        new InaccessibleMembers(),
        new UnusedCode(),
        new WrongTypes(),
        new AsyncAndAwait(),
        new PossibleNulls(),
        new UninitializedMembers(),
        new MissingArguments(),
        new Overrides(),
    ];

    /// <summary>Our own families and the SDK's fixers.</summary>
    public static ImmutableArray<IRepairSource> All(RoslynHost host, ILogger logger) =>
        [.. Own, new SdkCodeFixes(host, logger, _fixerBudget)];
}
