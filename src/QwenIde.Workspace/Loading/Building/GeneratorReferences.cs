using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Diagnostics;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>Generators as references, each assembly once.</summary>
internal sealed class GeneratorReferences
{
    private readonly GeneratorLoader _loader = new();
    private readonly ConcurrentDictionary<string, AnalyzerFileReference> _references = new(PathNames.Comparer);

    /// <summary>The reference for an assembly whose code may run.</summary>
    public AnalyzerReference Reference(string path) =>
        _references.GetOrAdd(path, path => new AnalyzerFileReference(path, _loader));
}
