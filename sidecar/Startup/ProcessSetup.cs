using QwenIde.Workspace;

namespace QwenIde.Sidecar.Startup;

/// <summary>What must happen to the process before a workspace is opened, in this order and once.</summary>
internal static class ProcessSetup
{
    /// <summary>Finds the Roslyn to run on, without loading it.</summary>
    /// <exception cref="WorkspaceLoadException">There is none; the message says what to do.</exception>
    public static RoslynLocation FindRoslyn(Surroundings surroundings)
    {
        var bundled = Path.Combine(AppContext.BaseDirectory, "roslyn");
        var location = RoslynLocation.Find(surroundings.DotNetRoot ?? bundled, bundled);
        if (location.SdkDirectory is not null || File.Exists(Path.Combine(bundled, "Microsoft.CodeAnalysis.CSharp.dll")))
            return location;
        var where = surroundings.DotNetRoot is { } root ? $"in {root} (from {surroundings.DotNetRootSource})" : "on this machine";
        throw new WorkspaceLoadException(
            $"No .NET SDK 10 or later was found {where}; install one, or let DOTNET_ROOT name the folder of an installation.");
    }

    /// <summary>
    /// Cleans the environment that children inherit, leaves the folder that the process was started in, and chooses Roslyn.
    /// Paths given by the user must have been made absolute before. No type that mentions Roslyn may have been used before.
    /// </summary>
    /// <exception cref="WorkspaceLoadException">There is no Roslyn to run on; the message says what to do.</exception>
    public static void PrepareForWorkspace(Surroundings surroundings)
    {
        surroundings.PrepareForChildren();
        // A child's working directory decides which global.json, and so which program, `dotnet` runs.
        Environment.CurrentDirectory = surroundings.DotNetRoot is { } root && Directory.Exists(root)
            ? root
            : AppContext.BaseDirectory;
        RoslynRuntime.Load(FindRoslyn(surroundings));
    }
}
