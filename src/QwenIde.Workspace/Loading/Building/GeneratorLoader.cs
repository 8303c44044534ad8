using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>
/// Loads source generators into this process, from memory, so that their files stay free; one collectible context for each
/// folder. Whoever hands it a path decides that its code may run.
/// </summary>
internal sealed class GeneratorLoader : IAnalyzerAssemblyLoader
{
    private readonly ConcurrentDictionary<string, FolderContext> _contexts = new(PathNames.Comparer);

    /// <inheritdoc/>
    public void AddDependencyLocation(string fullPath)
    {
        // Dependencies are looked for beside whoever needs them.
    }

    /// <inheritdoc/>
    public Assembly LoadFromPath(string fullPath) =>
        _contexts.GetOrAdd(Path.GetDirectoryName(fullPath)!, static folder => new FolderContext(folder)).FromFile(fullPath);

    private sealed class FolderContext(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        private readonly ConcurrentDictionary<string, Lazy<Assembly>> _loaded = new(PathNames.Comparer);

        public Assembly FromFile(string path) => _loaded.GetOrAdd(path, path => new Lazy<Assembly>(() =>
        {
            using var stream = new MemoryStream(File.ReadAllBytes(path));
            return LoadFromStream(stream);
        })).Value;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The compiler's own assemblies must be ours, or their types would not be the ones we know.
            if (assemblyName.Name is not { } name || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                || name.StartsWith("System.Collections.Immutable", StringComparison.Ordinal)
                || name.StartsWith("System.Reflection.Metadata", StringComparison.Ordinal))
                return null;
            var file = Path.Combine(folder, name + ".dll");
            return File.Exists(file) ? FromFile(file) : null;
        }
    }
}
