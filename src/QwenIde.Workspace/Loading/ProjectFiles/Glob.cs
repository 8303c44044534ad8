using System.IO.Enumeration;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>An MSBuild file pattern: <c>**</c> is any number of folders, <c>*</c> and <c>?</c> stay within a name.</summary>
internal sealed class Glob
{
    private readonly string[] _segments;

    private Glob(string path)
    {
        Text = path;
        _segments = Segments(path);
        var root = Path.GetPathRoot(path)!;
        var folders = Segments(path[root.Length..]).TakeWhile(segment => !IsWild(segment)).ToArray();
        FixedFolder = root + string.Join(Path.DirectorySeparatorChar, IsLiteral ? folders[..^1] : folders);
    }

    /// <summary>The absolute pattern; of a literal one, the path of its file.</summary>
    public string Text { get; }

    /// <summary>The deepest folder in which every match lies.</summary>
    public string FixedFolder { get; }

    /// <summary>Whether it names one file, without any wildcard.</summary>
    public bool IsLiteral => !Array.Exists(_segments, IsWild);

    /// <summary>Reads a pattern relative to a folder; null if it is empty or no path.</summary>
    public static Glob? Parse(string directory, string pattern)
    {
        pattern = PathNames.WithNativeSeparators(pattern.Trim());
        if (pattern.Length == 0 || pattern.Contains('\0'))
            return null;
        var path = Path.GetFullPath(pattern, directory); // folds "..", and leaves wildcards alone
        return path == Path.GetPathRoot(path) ? null : new Glob(path);
    }

    /// <summary>Whether an absolute path fits.</summary>
    public bool Matches(string path) => Matches(_segments, Segments(path));

    /// <summary>Whether whatever lies in an absolute folder fits, so that a walk need not enter it.</summary>
    public bool MatchesAllBelow(string folder) =>
        _segments is [.., "**"] or [.., "**", "*" or "*.*"] && Matches(_segments, [.. Segments(folder), "any.file"]);

    private static bool Matches(string[] pattern, string[] path)
    {
        // The usual two-pointer walk: on a mismatch, let the last ** take one folder more.
        int p = 0, s = 0, star = -1, mark = 0;
        while (s < path.Length)
        {
            if (p < pattern.Length && pattern[p] == "**")
            {
                star = p++;
                mark = s;
            }
            else if (p < pattern.Length && Fits(pattern[p], path[s]))
            {
                p++;
                s++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                s = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == "**")
            p++;
        return p == pattern.Length;
    }

    private static bool Fits(string pattern, string name) => IsWild(pattern)
        ? FileSystemName.MatchesSimpleExpression(pattern == "*.*" ? "*" : pattern, name, PathNames.Comparison != StringComparison.Ordinal)
        : pattern.Equals(name, PathNames.Comparison);

    private static bool IsWild(string segment) => segment.AsSpan().IndexOfAny('*', '?') >= 0;

    private static string[] Segments(string path) => path.Split(
        [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
