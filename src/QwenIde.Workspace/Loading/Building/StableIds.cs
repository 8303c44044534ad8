using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>Gives a project or file the same identity in every model of a workspace's life.</summary>
internal sealed class StableIds
{
    private readonly ConcurrentDictionary<string, ProjectId> _projects = new(PathNames.Comparer);
    private readonly ConcurrentDictionary<(ProjectId, string), DocumentId> _documents = new();

    /// <summary>The identity of a project.</summary>
    public ProjectId Project(string path) => _projects.GetOrAdd(path, static path => ProjectId.CreateNewId(path));

    /// <summary>The identity of a file within a project.</summary>
    public DocumentId Document(ProjectId project, string path) =>
        _documents.GetOrAdd((project, path), static key => DocumentId.CreateNewId(key.Item1, key.Item2));
}
