using System.Collections.Concurrent;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.References;

/// <summary>The assemblies and generators that a framework brings.</summary>
/// <param name="Assemblies">Absolute paths.</param>
/// <param name="Generators">Absolute paths of the framework's own source generators.</param>
/// <param name="Missing">Names of what was asked for and is not installed.</param>
/// <param name="StandIn">What is used instead of the exact framework, for people; null if it is exact.</param>
internal sealed record FrameworkAssemblies(
    IReadOnlyList<string> Assemblies, IReadOnlyList<string> Generators, IReadOnlyList<string> Missing, string? StandIn);

/// <summary>
/// Finds reference assemblies: in the installation's packs, else among the cached packages, else (for frameworks that are
/// not here at all) the newest .NET's stand in; without any SDK the shared runtime's own assemblies do.
/// </summary>
internal sealed class FrameworkReferences(RoslynLocation roslyn, string packagesFolder)
{
    private const string BaseFramework = "Microsoft.NETCore.App";

    /// <summary>The framework's generators that a build runs by default. Others there analyse or wait to be switched on.</summary>
    private static readonly string[] GeneratorNames =
    [
        "System.Text.Json.SourceGeneration", "System.Text.RegularExpressions.Generator", "Microsoft.Interop.LibraryImportGenerator",
        "Microsoft.Interop.ComInterfaceGenerator", "Microsoft.Extensions.Logging.Generators",
        "Microsoft.Extensions.Options.SourceGeneration", "Microsoft.AspNetCore.App.SourceGenerators",
    ];

    private readonly ConcurrentDictionary<string, FrameworkAssemblies> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Resolves a project's frameworks.</summary>
    /// <param name="project">The project.</param>
    /// <param name="referenced">The projects that it is compiled against. One flavour of each is loaded, perhaps for a newer
    /// framework than the project's own; then the newer reference assemblies serve both.</param>
    public FrameworkAssemblies Resolve(ProjectDescription project, IReadOnlyCollection<ProjectDescription> referenced)
    {
        var framework = Widest(project.Framework, referenced.Select(other => other.Framework));
        var shared = referenced.SelectMany(other => other.Frameworks).Concat(project.Frameworks)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToArray();
        return _known.GetOrAdd($"{framework.Moniker}|{string.Join('|', shared)}", _ => Find(framework, shared));
    }

    private static TargetFrameworkName Widest(TargetFrameworkName own, IEnumerable<TargetFrameworkName> referenced)
    {
        var all = referenced.Append(own).ToArray();
        if (all.Where(other => other.Family == FrameworkFamily.NetCore).MaxBy(other => other.Version) is { } newest)
            return own.Family == FrameworkFamily.NetCore && own.Version == newest.Version ? own : newest;
        return own.Family == FrameworkFamily.NetStandard
            ? all.Where(other => other.Family == FrameworkFamily.NetStandard).MaxBy(other => other.Version)!
            : own;
    }

    private FrameworkAssemblies Find(TargetFrameworkName framework, IEnumerable<string> shared)
    {
        var folder = framework.Family switch
        {
            FrameworkFamily.NetStandard => StandardFolder(framework),
            FrameworkFamily.NetFramework => FrameworkFolder(framework),
            _ => null,
        };
        var standsIn = folder is null && framework.Family != FrameworkFamily.NetCore;
        var version = standsIn ? TargetFrameworkName.Newest.Version : framework.Version;
        var assemblies = new List<string>();
        var generators = new List<string>();
        var missing = new List<string>();
        string? standIn = null;

        if (folder is not null)
            assemblies.AddRange(Dlls(folder));
        else
            foreach (var name in shared.Prepend(BaseFramework))
            {
                if (Pack(name, version) is { } pack)
                {
                    assemblies.AddRange(Dlls(pack.Folder));
                    if (pack.Version != version)
                        standIn = $".NET {pack.Version}";
                    if (!standsIn)
                        generators.AddRange(GeneratorNames.Select(file => Path.Combine(pack.Root, "analyzers", "dotnet", "cs", file + ".dll")).Where(File.Exists));
                }
                else if (Runtime(name) is { } runtime)
                {
                    assemblies.AddRange(ManagedDlls(runtime));
                    standIn = $"the installed runtime {Path.GetFileName(runtime)}";
                }
                else
                {
                    missing.Add(name);
                }
            }

        if (standsIn)
            standIn ??= $".NET {TargetFrameworkName.Newest.Version}";
        return new FrameworkAssemblies(assemblies, generators, missing, standIn);
    }

    /// <summary>The reference pack of the version asked for, else the newest there is.</summary>
    private (string Root, string Folder, Version Version)? Pack(string name, Version version)
    {
        string[] places =
        [
            .. roslyn.DotNetRoot is null ? Array.Empty<string>() : [Path.Combine(roslyn.DotNetRoot, "packs", name + ".Ref")],
            Path.Combine(packagesFolder, (name + ".Ref").ToLowerInvariant()),
        ];
        var packs =
            from place in places
            where Directory.Exists(place)
            from root in Directory.EnumerateDirectories(place)
            let number = PackageVersion.Parse(Path.GetFileName(root))
            where number is not null && !number.IsPrerelease
            let folder = Path.Combine(root, "ref", $"net{number.Major}.{number.Minor}")
            where Directory.Exists(folder)
            orderby number.Major == version.Major && number.Minor == version.Minor descending, number descending
            select (root, folder, new Version(number.Major, number.Minor));
        return packs.Select(pack => ((string, string, Version)?)pack).FirstOrDefault();
    }

    private string? StandardFolder(TargetFrameworkName framework)
    {
        if (framework.Version == new Version(2, 1))
            return (roslyn.DotNetRoot is null ? null : Newest(Path.Combine(roslyn.DotNetRoot, "packs", "NETStandard.Library.Ref"), Path.Combine("ref", "netstandard2.1")))
                ?? Newest(Path.Combine(packagesFolder, "netstandard.library.ref"), Path.Combine("ref", "netstandard2.1"));
        return Newest(Path.Combine(packagesFolder, "netstandard.library"), Path.Combine("build", "netstandard2.0", "ref"));
    }

    private string? FrameworkFolder(TargetFrameworkName framework)
    {
        var moniker = "net" + framework.Version.ToString().Replace(".", "", StringComparison.Ordinal);
        return Newest(Path.Combine(packagesFolder, "microsoft.netframework.referenceassemblies." + moniker),
            Path.Combine("build", ".NETFramework", "v" + framework.Version));
    }

    private string? Runtime(string name) => roslyn.DotNetRoot is null ? null : Newest(Path.Combine(roslyn.DotNetRoot, "shared", name), "");

    /// <summary>The folder <paramref name="below"/> the newest version in <paramref name="place"/> that has it.</summary>
    private static string? Newest(string place, string below) => !Directory.Exists(place) ? null : Directory.EnumerateDirectories(place)
        .Select(root => (Root: root, Version: PackageVersion.Parse(Path.GetFileName(root))))
        .Where(entry => entry.Version is not null)
        .OrderByDescending(entry => entry.Version)
        .Select(entry => Path.TrimEndingDirectorySeparator(Path.Combine(entry.Root, below)))
        .FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Dlls(string folder) => Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal);

    /// <summary>A runtime folder also holds native libraries.</summary>
    private static IEnumerable<string> ManagedDlls(string folder) => Dlls(folder).Where(file =>
    {
        using var stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    });
}
