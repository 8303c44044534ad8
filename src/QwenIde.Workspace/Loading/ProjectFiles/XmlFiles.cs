using System.Xml;
using System.Xml.Linq;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>Reads XML that others wrote: no DTD, no external entity, no unbounded size.</summary>
internal static class XmlFiles
{
    private const long LongestDocument = 16 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = LongestDocument,
        IgnoreComments = true,
    };

    /// <summary>Reads a file and gives its root element, with line numbers.</summary>
    /// <exception cref="XmlException">The file is not well-formed, or uses what is forbidden here.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static XElement Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = XmlReader.Create(stream, Settings);
        return XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
    }

    /// <summary>The value of an attribute, whatever the case of its name; MSBuild is as lenient.</summary>
    public static string? Value(this XElement element, string attribute) => element.Attributes()
        .FirstOrDefault(candidate => candidate.Name.LocalName.Equals(attribute, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Whether an element has this name in any namespace: old project files have one, new ones have none.</summary>
    public static bool Is(this XElement element, string name) =>
        element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
