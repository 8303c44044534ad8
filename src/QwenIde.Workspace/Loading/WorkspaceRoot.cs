namespace QwenIde.Workspace.Loading;

/// <summary>
/// The boundary of what the user opened. In an untrusted workspace nothing outside of it is read, wherever links and
/// <c>..</c> may lead; in a trusted one it bounds nothing.
/// </summary>
internal sealed class WorkspaceRoot
{
    private static readonly StringComparison Comparison = PathNames.Comparison;

    private readonly string _realPath;
    private readonly bool _isTrusted;

    public WorkspaceRoot(string directory, bool isTrusted)
    {
        Directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _realPath = RealPath(Directory);
        _isTrusted = isTrusted;
    }

    /// <summary>The folder, as it was named.</summary>
    public string Directory { get; }

    /// <summary>The repository around a path, or its own folder where there is none: what counts as opened when only a
    /// file was named. Neither a home folder nor a drive counts as a repository.</summary>
    public static string Around(string directory)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git")) && !folder.Equals(home, Comparison) && Path.GetDirectoryName(folder) is not null)
                return folder;
        return directory;
    }

    /// <summary>Whether <paramref name="path"/> may be read.</summary>
    public bool Allows(string path) => _isTrusted || IsInside(path);

    /// <summary>Whether <paramref name="path"/> really lies inside, once every link on the way is followed.</summary>
    public bool IsInside(string path)
    {
        var real = RealPath(Path.GetFullPath(path));
        return real.Equals(_realPath, Comparison)
            || (real.StartsWith(_realPath, Comparison) && (Path.EndsInDirectorySeparator(_realPath) || IsSeparator(real[_realPath.Length])));
    }

    private static bool IsSeparator(char character) =>
        character == Path.DirectorySeparatorChar || character == Path.AltDirectorySeparatorChar;

    /// <summary>Resolves links component by component; what does not exist stays as it is.</summary>
    private static string RealPath(string path, int followed = 0)
    {
        const int MostLinks = 40;
        var root = Path.GetPathRoot(path)!;
        var real = root;
        var parts = path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            var next = Path.Combine(real, part);
            var target = LinkTarget(next);
            if (target is not null && ++followed > MostLinks)
                return root; // a circle of links lies nowhere
            real = target is null ? next : RealPath(Path.GetFullPath(target, real), followed);
        }

        return real;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
