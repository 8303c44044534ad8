namespace QwenIde.Workspace;

/// <summary>
/// Chooses the Roslyn that this process runs on. Must be called once, by the composition root, before any other type of
/// this assembly is used: the runtime binds Roslyn's assemblies when the first method that mentions them is compiled.
/// </summary>
public static class RoslynRuntime
{
    /// <summary>Resolves Roslyn from <paramref name="location"/> for the rest of the process's life.</summary>
    public static void Load(RoslynLocation location) => throw new NotImplementedException();
}

/// <summary>A folder set that holds one consistent Roslyn.</summary>
/// <param name="Folders">Searched in this order.</param>
/// <param name="Description">For people: <c>SDK 10.0.401</c>, or <c>bundled</c>.</param>
/// <param name="DotNetRoot">The installation that holds <c>sdk</c>, <c>packs</c> and <c>shared</c>; null without one.</param>
/// <param name="SdkDirectory">The SDK's own folder; null for the bundled Roslyn without an SDK.</param>
public sealed record RoslynLocation(
    IReadOnlyList<string> Folders, string Description, string? DotNetRoot, string? SdkDirectory)
{
    /// <summary>Finds the newest SDK of version 10 or later below <paramref name="dotnetRoot"/>, without starting anything;
    /// falls back to the Roslyn in <paramref name="bundledFolder"/>.</summary>
    public static RoslynLocation Find(string? dotnetRoot, string bundledFolder) => throw new NotImplementedException();
}
