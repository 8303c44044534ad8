namespace QwenIde.Bench;

/// <summary>Which model a process measures.</summary>
internal enum RunMode
{
    /// <summary>Ours, from the project files alone.</summary>
    StageOne,
    /// <summary>Ours, from MSBuild.</summary>
    StageTwo,
    /// <summary>Roslyn's own <c>MSBuildWorkspace</c>.</summary>
    Peer,
}

/// <summary>What one process measures.</summary>
/// <param name="Target">The solution, project or folder, absolute.</param>
/// <param name="Mode">Which model. All but the first run code of the checkout.</param>
/// <param name="Seed">Chooses the places; the same seed on the same checkout chooses the same.</param>
/// <param name="Plants">How many errors to plant, one at a time.</param>
/// <param name="Edits">How many one-line changes to compile, half of them in bodies and half in signatures.</param>
internal sealed record BenchOptions(string Target, RunMode Mode, int Seed, int Plants, int Edits);
