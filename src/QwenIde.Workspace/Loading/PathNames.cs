namespace QwenIde.Workspace.Loading;

/// <summary>How paths compare on this operating system, and how project files spell them.</summary>
internal static class PathNames
{
    /// <summary>Case counts on Linux only.</summary>
    public static StringComparison Comparison { get; } =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Case counts on Linux only.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    /// <summary>Project files may be written with either separator on any system.</summary>
    public static string WithNativeSeparators(string path) =>
        Path.DirectorySeparatorChar == '/' ? path.Replace('\\', '/') : path.Replace('/', '\\');

    /// <summary>The absolute path of what a project file names, or null if it is no path at all.</summary>
    public static string? Resolve(string directory, string path)
    {
        path = WithNativeSeparators(path.Trim());
        return path.Length == 0 || path.Contains('\0') ? null : Path.GetFullPath(path, directory);
    }
}
