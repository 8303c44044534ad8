using QwenIde.Workspace;

namespace QwenIde.Sidecar.Startup;

/// <summary>What must happen to the process before a workspace is opened, in this order and once.</summary>
internal static class ProcessSetup
{
    /// <summary>Finds the Roslyn to run on, without loading it: the SDK's, or else the one that comes with us, which then
    /// compiles against the running .NET.</summary>
    /// <exception cref="WorkspaceLoadException">There is none; the message says what to do.</exception>
    public static RoslynLocation FindRoslyn(Surroundings surroundings)
    {
        var bundled = Path.Combine(AppContext.BaseDirectory, "roslyn");
        var location = RoslynLocation.Find(surroundings.DotNetRoot, bundled);
        if (location.SdkDirectory is not null)
            return location;
        if (!File.Exists(Path.Combine(bundled, "Microsoft.CodeAnalysis.CSharp.dll")))
            throw new WorkspaceLoadException($"{NoSdk(surroundings)} This qwenide is incomplete besides: {bundled} is missing.");
        return location;
    }

    /// <summary>The sentence that says that there is no SDK, and what to do.</summary>
    public static string NoSdk(Surroundings surroundings)
    {
        var where = surroundings.DotNetRoot is { } root ? $"in {root} (from {surroundings.DotNetRootSource})" : "on this machine";
        return $"No .NET SDK 10 or later was found {where}; install one, or let DOTNET_ROOT name the folder of an installation.";
    }

    /// <summary>
    /// Cleans the environment that children inherit, leaves the folder that the process was started in, and chooses Roslyn.
    /// Paths given by the user must have been made absolute before. No type that mentions Roslyn may have been used before.
    /// </summary>
    /// <returns>What the user should know about the Roslyn that was chosen; null if all is well.</returns>
    /// <exception cref="WorkspaceLoadException">There is no Roslyn to run on; the message says what to do.</exception>
    public static string? PrepareForWorkspace(Surroundings surroundings)
    {
        surroundings.PrepareForChildren();
        // A child's working directory decides which global.json, and so which program, `dotnet` runs.
        Environment.CurrentDirectory = surroundings.DotNetRoot is { } root && Directory.Exists(root)
            ? root
            : AppContext.BaseDirectory;
        var location = FindRoslyn(surroundings);
        RoslynRuntime.Load(location);
        return location.SdkDirectory is null
            ? $"{NoSdk(surroundings)} Until then qwenide runs on a Roslyn of its own, with fewer repairs."
            : null;
    }
}
