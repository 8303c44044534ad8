using QwenIde.Workspace;

namespace QwenIde.Sidecar.Startup;

/// <summary>What must happen to the process before a workspace is opened, in this order and once.</summary>
internal static class ProcessSetup
{
    /// <summary>Finds the Roslyn to run on, without loading it.</summary>
    public static RoslynLocation FindRoslyn(Surroundings surroundings) =>
        RoslynLocation.Find(surroundings.DotNetRoot, Path.Combine(AppContext.BaseDirectory, "roslyn"));

    /// <summary>
    /// Chooses Roslyn, cleans the environment that children inherit and leaves the folder that the process was started in.
    /// Paths given by the user must have been made absolute before. No type that mentions Roslyn may have been used before.
    /// </summary>
    /// <exception cref="WorkspaceLoadException">There is no Roslyn to run on; the message says what to do.</exception>
    public static void PrepareForWorkspace(Surroundings surroundings)
    {
        RoslynRuntime.Load(FindRoslyn(surroundings));
        surroundings.PrepareForChildren();
        // A child's working directory decides which global.json, and so which program, `dotnet` runs.
        Environment.CurrentDirectory = surroundings.DotNetRoot is { } root && Directory.Exists(root)
            ? root
            : AppContext.BaseDirectory;
    }
}
