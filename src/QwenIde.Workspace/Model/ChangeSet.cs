using System.Collections.Immutable;

namespace QwenIde.Workspace;

/// <summary>Replace <paramref name="Range"/>, measured in the text before the change, by <paramref name="NewText"/>.</summary>
public sealed record TextEdit(TextRange Range, string NewText);

/// <summary>The edits of one file, in ascending order and without overlap. <paramref name="Path"/> is absolute.</summary>
public sealed record FileEdit(string Path, ImmutableArray<TextEdit> Edits);

/// <summary>
/// Edits over files, to be made together or not at all.
/// </summary>
/// <param name="SnapshotVersion">The snapshot whose texts the ranges were measured in; on any other the set is stale.</param>
/// <param name="Files">One entry a file, in ordinal order of path.</param>
public sealed record ChangeSet(long SnapshotVersion, ImmutableArray<FileEdit> Files);
