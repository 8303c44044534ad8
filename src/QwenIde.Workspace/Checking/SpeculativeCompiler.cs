using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Checking;

/// <summary>Compares the diagnostics of two solutions of which the second was forked from the first.</summary>
internal sealed class SpeculativeCompiler
{
    /// <summary>Compares <paramref name="after"/> with <paramref name="before"/>.</summary>
    /// <param name="before">The solution as it is.</param>
    /// <param name="after">The same solution after a change of source texts.</param>
    /// <param name="furthest">The last step of the ladder to climb.</param>
    /// <param name="cancellationToken">Stops the compile.</param>
    public Task<DiagnosticDelta> CompareAsync(
        Solution before, Solution after, CheckScope furthest, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
