using System.Text.Json;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.References;

/// <summary>
/// What the last restore wrote into <c>obj/project.assets.json</c>: which version of each package a project really has.
/// Plain data; only names and versions are taken from it, never a path.
/// </summary>
internal static class ProjectAssets
{
    private const long LongestFile = 64 * 1024 * 1024;

    /// <summary>The packages that a restore chose for one framework of a project, or null if there was none.</summary>
    public static IReadOnlyList<PackageRequest>? Read(ProjectDescription project, WorkspaceRoot root)
    {
        var path = Path.Combine(project.Directory, "obj", "project.assets.json");
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > LongestFile || !root.Allows(path))
            return null;
        try
        {
            using var stream = file.OpenRead();
            using var document = JsonDocument.Parse(stream);
            foreach (var target in document.RootElement.GetProperty("targets").EnumerateObject())
                if (!target.Name.Contains('/', StringComparison.Ordinal) && IsFor(target.Name, project.Framework))
                    return [.. Packages(target.Value)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            // Half written or damaged: as if it had not been restored.
        }

        return null;
    }

    private static bool IsFor(string target, TargetFrameworkName framework) =>
        TargetFrameworkName.Parse(target) is { } name
        && name.Family == framework.Family && name.Version == framework.Version && name.Platform == framework.Platform;

    private static IEnumerable<PackageRequest> Packages(JsonElement target)
    {
        foreach (var library in target.EnumerateObject())
            if (library.Name.Split('/') is [var name, var version]
                && library.Value.TryGetProperty("type", out var type) && type.GetString() == "package")
                yield return new PackageRequest(name, version, IsPrivate: true, IsCompiled: library.Value.TryGetProperty("compile", out _));
    }
}
