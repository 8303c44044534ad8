using System.Collections.Concurrent;
using System.Xml;
using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.References;

/// <summary>A package in the cache.</summary>
/// <param name="Name">Its identifier, as asked for.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Version">Its version.</param>
internal sealed record CachedPackage(string Name, string Folder, PackageVersion Version);

/// <summary>What a project's packages come to.</summary>
/// <param name="Assemblies">Absolute paths to compile against.</param>
/// <param name="Generators">Absolute paths of assemblies with the packages' analyzers and generators.</param>
/// <param name="Missing">Packages of which the cache holds no version, as <c>Name Version</c>.</param>
/// <param name="StandIns">Packages of which another version is used, as <c>Name 1.0 (cached: 1.2)</c>.</param>
internal sealed record PackageAssemblies(
    IReadOnlyList<string> Assemblies, IReadOnlyList<string> Generators, IReadOnlyList<string> Missing, IReadOnlyList<string> StandIns);

/// <summary>
/// The user's global package folder. Reads only: package names lead to folders directly below it, and nothing that a
/// package or a repository writes can lead elsewhere.
/// </summary>
internal sealed class PackageCache(string folder)
{
    private const int MostPackages = 2_000;

    private readonly ConcurrentDictionary<string, CachedPackage[]> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string, string), (string Name, string Version)[]> _dependencies = new();

    /// <summary>The folder itself.</summary>
    public string Folder => folder;

    /// <summary>
    /// Resolves packages and what they depend on. Of several versions asked for, the highest counts; of those cached, the
    /// one asked for, else the next above, else the nearest below.
    /// </summary>
    /// <param name="requests">What projects ask for.</param>
    /// <param name="restored">What a restore chose, dependencies included; it settles the versions of those packages.</param>
    /// <param name="framework">Whose assemblies to take.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PackageAssemblies Resolve(
        IReadOnlyCollection<PackageRequest> requests, IReadOnlyCollection<PackageRequest> restored, TargetFrameworkName framework,
        CancellationToken cancellationToken)
    {
        var settled = restored.Select(request => request.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var notCompiled = requests.Concat(restored).Where(request => !request.IsCompiled)
            .Select(request => request.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var asked = new Queue<(string Name, string Version, bool IsDirect)>(
            restored.Concat(requests.Where(request => !settled.Contains(request.Name))).Select(request => (request.Name, request.Version, true)));
        var chosen = new Dictionary<string, CachedPackage>(StringComparer.OrdinalIgnoreCase);
        var missing = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var standIns = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        while (asked.TryDequeue(out var next) && chosen.Count < MostPackages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Find(next.Name, next.Version) is not { } package)
            {
                if (next.IsDirect)
                    missing.Add($"{next.Name} {next.Version}".TrimEnd());
                continue;
            }

            if (next.IsDirect && PackageVersion.Parse(next.Version) is { } wanted && wanted != package.Version && !next.Version.Contains('*', StringComparison.Ordinal))
                standIns.Add($"{next.Name} {next.Version} (cached: {Path.GetFileName(package.Folder)})");
            if (chosen.TryGetValue(package.Name, out var other) && other.Version.CompareTo(package.Version) >= 0)
                continue;
            chosen[package.Name] = package;
            foreach (var (name, version) in Dependencies(package, framework))
                if (!settled.Contains(name))
                    asked.Enqueue((name, version, false));
        }

        var packages = chosen.Values.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        return new PackageAssemblies(
            [.. packages.Where(package => !notCompiled.Contains(package.Name)).SelectMany(package => Assemblies(package, framework))],
            [.. packages.SelectMany(Generators)],
            [.. missing],
            [.. standIns]);
    }

    /// <summary>The assemblies of a package that fit a framework: <c>ref</c> before <c>lib</c>.</summary>
    private static IEnumerable<string> Assemblies(CachedPackage package, TargetFrameworkName framework)
    {
        foreach (var kind in (string[])["ref", "lib"])
        {
            var place = Path.Combine(package.Folder, kind);
            if (!Directory.Exists(place))
                continue;
            var folders = Directory.EnumerateDirectories(place)
                .Select(path => (Path: path, Framework: TargetFrameworkName.Parse(Path.GetFileName(path))))
                .Where(entry => entry.Framework is not null).ToArray();
            if (framework.Nearest(folders.Select(entry => entry.Framework!)) is { } nearest)
                return Directory.EnumerateFiles(folders.First(entry => entry.Framework == nearest).Path, "*.dll").Order(StringComparer.Ordinal);
        }

        return [];
    }

    /// <summary>The assemblies of a package that hold analyzers and generators for C#: of those made for several compilers,
    /// the newest that the running one can load.</summary>
    private static IEnumerable<string> Generators(CachedPackage package)
    {
        var place = Path.Combine(package.Folder, "analyzers", "dotnet");
        if (!Directory.Exists(place))
            return [];
        var running = typeof(Compilation).Assembly.GetName().Version!;
        var folder = Directory.EnumerateDirectories(place, "roslyn*")
            .Select(path => (Path: path, Version: Version.TryParse(Path.GetFileName(path)["roslyn".Length..], out var version) ? version : null))
            .Where(entry => entry.Version is not null && entry.Version <= running)
            .OrderByDescending(entry => entry.Version)
            .Select(entry => Path.Combine(entry.Path, "cs"))
            .FirstOrDefault(Directory.Exists) ?? Path.Combine(place, "cs");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal) : [];
    }

    private CachedPackage? Find(string name, string version)
    {
        var cached = _versions.GetOrAdd(name, List);
        var wanted = PackageVersion.Parse(version);
        if (wanted is null)
            return cached.LastOrDefault(package => !package.Version.IsPrerelease) ?? cached.LastOrDefault();
        return Array.Find(cached, package => package.Version.CompareTo(wanted) >= 0) ?? cached.LastOrDefault();
    }

    /// <summary>The cached versions of a package in ascending order.</summary>
    private CachedPackage[] List(string name)
    {
        // A name is one plain folder name, or it is none of ours.
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny("/\\:\0") >= 0)
            return [];
        var place = Path.Combine(folder, name.ToLowerInvariant());
        if (!Directory.Exists(place))
            return [];
        return [.. Directory.EnumerateDirectories(place)
            .Select(path => (Path: path, Version: PackageVersion.Parse(Path.GetFileName(path))))
            .Where(entry => entry.Version is not null)
            .OrderBy(entry => entry.Version)
            .Select(entry => new CachedPackage(name, entry.Path, entry.Version!))];
    }

    private (string Name, string Version)[] Dependencies(CachedPackage package, TargetFrameworkName framework) =>
        _dependencies.GetOrAdd((package.Folder, framework.Moniker), _ => ReadDependencies(package, framework));

    private static (string Name, string Version)[] ReadDependencies(CachedPackage package, TargetFrameworkName framework)
    {
        var file = Path.Combine(package.Folder, package.Name.ToLowerInvariant() + ".nuspec");
        try
        {
            if (!File.Exists(file)
                || XmlFiles.Read(file).Elements().FirstOrDefault(element => element.Is("metadata"))?
                    .Elements().FirstOrDefault(element => element.Is("dependencies")) is not { } dependencies)
                return [];
            var groups = dependencies.Elements().Where(element => element.Is("group"))
                .Select(group => (Group: group, Framework: TargetFrameworkName.Parse(group.Value("targetFramework") ?? ""))).ToArray();
            var list = groups.Length == 0
                ? dependencies
                : framework.Nearest(groups.Select(entry => entry.Framework).OfType<TargetFrameworkName>()) is { } nearest
                    ? groups.First(entry => entry.Framework == nearest).Group
                    : groups.FirstOrDefault(entry => entry.Group.Value("targetFramework") is null).Group;
            return list is null ? [] : [.. list.Elements().Where(element => element.Is("dependency"))
                .Where(element => !EvaluatedExcludes(element.Value("exclude")))
                .Select(element => (element.Value("id") ?? "", element.Value("version") ?? ""))];
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            return []; // a damaged package gives what its folders hold
        }

        static bool EvaluatedExcludes(string? exclude) => exclude is not null
            && exclude.Split(',', StringSplitOptions.TrimEntries).Contains("Compile", StringComparer.OrdinalIgnoreCase);
    }
}
