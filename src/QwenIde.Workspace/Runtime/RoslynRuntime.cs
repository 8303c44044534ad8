using System.Reflection;
using System.Runtime.Loader;

namespace QwenIde.Workspace;

/// <summary>
/// Chooses the Roslyn that this process runs on. Must be called once, by the composition root, before any other type of
/// this assembly is used: the runtime binds Roslyn's assemblies when the first method that mentions them is compiled.
/// </summary>
public static class RoslynRuntime
{
    private static RoslynLocation? _loaded;

    /// <summary>The Roslyn that this process runs on: one for its whole life, as the default load context is.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Load"/> was not called.</exception>
    public static RoslynLocation Loaded =>
        _loaded ?? throw new InvalidOperationException("RoslynRuntime.Load must be called before anything else of the workspace.");

    /// <summary>Resolves Roslyn from <paramref name="location"/> for the rest of the process's life.</summary>
    /// <exception cref="InvalidOperationException">It was called before: two versions of Roslyn do not mix.</exception>
    public static void Load(RoslynLocation location)
    {
        if (Interlocked.CompareExchange(ref _loaded, location, null) is not null)
            throw new InvalidOperationException("This process already runs on a Roslyn, and two do not mix.");
        AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(location, context, name);
    }

    private static Assembly? Resolve(RoslynLocation location, AssemblyLoadContext context, AssemblyName name)
    {
        if (!string.IsNullOrEmpty(name.CultureName))
            return null; // messages are shown in English
        foreach (var folder in location.Folders)
        {
            var file = Path.Combine(folder, name.Name + ".dll");
            if (File.Exists(file))
                return context.LoadFromAssemblyPath(file);
        }

        return null;
    }
}
