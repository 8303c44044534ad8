using System.Text.RegularExpressions;
using System.Xml;
using QwenIde.Workspace.Loading.ProjectFiles;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Loading;

/// <summary>Lists the projects of a solution file, in either format.</summary>
internal static partial class SolutionFile
{
    /// <summary>The absolute paths of the projects, in the file's order, whatever their language.</summary>
    /// <exception cref="WorkspaceLoadException">The file cannot be read or is no solution.</exception>
    public static IReadOnlyList<string> Projects(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        try
        {
            var names = Path.GetExtension(path).Equals(".slnx", StringComparison.OrdinalIgnoreCase) ? FromXml(path) : FromText(path);
            return [.. names.Select(name => PathNames.Resolve(directory, name)).OfType<string>().Distinct(PathNames.Comparer)];
        }
        catch (XmlException exception)
        {
            throw new WorkspaceLoadException(
                $"{path} is broken at line {exception.LineNumber}: {exception.Message.TrimEnd('.')}. Mend it, or open a project or the folder instead.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Text.DecoderFallbackException)
        {
            throw new WorkspaceLoadException($"{path} cannot be read: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private static IEnumerable<string> FromXml(string path)
    {
        var root = XmlFiles.Read(path);
        if (!root.Is("Solution"))
            throw new XmlException($"its root element is <{root.Name.LocalName}>, not <Solution>", null, ((IXmlLineInfo)root).LineNumber, 0);
        return root.Descendants().Where(element => element.Is("Project")).Select(element => element.Value("Path")).OfType<string>();
    }

    private static IEnumerable<string> FromText(string path)
    {
        var text = TextDecoding.Read(path).ToString();
        if (!text.Contains("Microsoft Visual Studio Solution File", StringComparison.Ordinal))
            throw new WorkspaceLoadException($"{path} is no solution file: its first line should say so. Open a project or the folder instead.");
        return ProjectLine().Matches(text)
            .Where(match => !match.Groups["type"].ValueSpan.Equals(SolutionFolder, StringComparison.OrdinalIgnoreCase))
            .Select(match => match.Groups["path"].Value);
    }

    private const string SolutionFolder = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

    [GeneratedRegex("""^\s*Project\("\{(?<type>[^}"]*)\}"\)\s*=\s*"[^"\n]*"\s*,\s*"(?<path>[^"\n]*)"\s*,""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ProjectLine();
}
