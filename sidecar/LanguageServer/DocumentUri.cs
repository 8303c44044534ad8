using System.Text;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Between the <c>file:</c> URIs of editors and absolute paths.</summary>
internal static class DocumentUri
{
    /// <summary>The absolute path of a <c>file:</c> URI; null for any other scheme, such as an unsaved or virtual file.</summary>
    public static string? ToPath(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) || !parsed.IsFile)
            return null;
        var path = parsed.LocalPath;
        // Editors write a drive as /c%3A/, which is not recognised as one.
        if (OperatingSystem.IsWindows() && path.Length > 2 && path[0] is '/' or '\\' && path[2] == ':')
            path = path[1..];
        return Path.GetFullPath(path);
    }

    /// <summary>The URI of an absolute path: every character but the unreserved ones is percent-encoded as UTF-8.</summary>
    public static string FromPath(string path)
    {
        var uri = new StringBuilder("file://");
        if (!path.StartsWith('/') && !path.StartsWith('\\'))
            uri.Append('/');
        foreach (var (segment, index) in path.Replace('\\', Path.DirectorySeparatorChar)
            .Split(Path.DirectorySeparatorChar).Select((segment, index) => (segment, index)))
            uri.Append(index == 0 ? "" : "/").Append(Uri.EscapeDataString(segment));
        return uri.ToString();
    }
}
