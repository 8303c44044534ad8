using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Loading.References;

/// <summary>Assemblies as references, each read once however many projects share it.</summary>
internal sealed class MetadataFiles
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _references = new(PathNames.Comparer);

    /// <summary>The reference for an assembly on disk; its documentation is read from the file beside it when asked for.</summary>
    public PortableExecutableReference Reference(string path) => _references.GetOrAdd(path, static path =>
    {
        var documentation = Path.ChangeExtension(path, ".xml");
        return MetadataReference.CreateFromFile(
            path, documentation: File.Exists(documentation) ? XmlDocumentationProvider.CreateFromFile(documentation) : null);
    });
}
