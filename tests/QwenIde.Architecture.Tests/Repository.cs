using System.Xml.Linq;

namespace QwenIde.Architecture.Tests;

/// <summary>The project files as they stand in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The rooms, by the name of their project: everything that has code and is no test, sample or benchmark.</summary>
    public static IReadOnlyDictionary<string, string> Rooms { get; } =
        new[] { "src", "sidecar", "extension-vs" }
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Where(path => SourcesIn(Path.GetDirectoryName(path)!).Any())
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

    /// <summary>The rooms that a project file references.</summary>
    public static string[] ReferencesOf(string room) =>
    [
        .. XDocument.Load(Rooms[room]).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The packages that a project file references.</summary>
    public static string[] PackagesOf(string room) =>
        [.. XDocument.Load(Rooms[room]).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)];

    /// <summary>A room's source files, without what is generated.</summary>
    public static IEnumerable<string> SourcesOf(string room) => SourcesIn(Path.GetDirectoryName(Rooms[room])!);

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "QwenIde.sln")))
                return folder;
        throw new InvalidOperationException("The tests must run from a build inside the repository.");
    }
}
