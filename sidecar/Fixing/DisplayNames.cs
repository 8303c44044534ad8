using System.Collections.Immutable;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>How files are named to people: relative to what was opened, with <c>/</c> between folders.</summary>
internal static class DisplayNames
{
    /// <summary>The name of a file within an opened solution, project or folder.</summary>
    public static string Relative(string path, string target)
    {
        var folder = Directory.Exists(target) ? target : Path.GetDirectoryName(target)!;
        return Path.GetRelativePath(folder, path).Replace('\\', '/');
    }

    /// <summary>The change as a unified diff under its relative name.</summary>
    public static ImmutableArray<DiffLine> ToDiff(this FileChange file, string target) =>
        UnifiedDiff.Create(Relative(file.Path, target), file.Before, file.After);
}
