using QwenIde.Workspace.Loading.References;

namespace QwenIde.Workspace;

/// <summary>A folder set that holds one consistent Roslyn.</summary>
/// <param name="Folders">Searched in this order.</param>
/// <param name="Description">For people: <c>SDK 10.0.401</c>, or <c>bundled</c>.</param>
/// <param name="DotNetRoot">The installation that holds <c>sdk</c>, <c>packs</c> and <c>shared</c>; null without one.</param>
/// <param name="SdkDirectory">The SDK's own folder; null for the bundled Roslyn without an SDK.</param>
public sealed record RoslynLocation(
    IReadOnlyList<string> Folders, string Description, string? DotNetRoot, string? SdkDirectory)
{
    private const int OldestSdk = 10;

    /// <summary>Finds the newest SDK of version 10 or later below <paramref name="dotnetRoot"/>, without starting anything;
    /// falls back to the Roslyn in <paramref name="bundledFolder"/>.</summary>
    /// <param name="dotnetRoot">A .NET installation; null for the one that this process runs on.</param>
    /// <param name="bundledFolder">The folder of the Roslyn that comes with the product.</param>
    public static RoslynLocation Find(string? dotnetRoot, string bundledFolder)
    {
        var root = dotnetRoot ?? RootOfThisProcess();
        foreach (var (directory, version) in Sdks(root))
        {
            // The order matters: the compilers in bincore are precompiled, those beside dotnet-format are not.
            string[] folders =
            [
                Path.Combine(directory, "Roslyn", "bincore"),
                Path.Combine(directory, "DotnetTools", "dotnet-format"),
                directory,
            ];
            // The layout is no documented contract; an SDK that lacks a part of it is passed over.
            if (File.Exists(Path.Combine(folders[0], "Microsoft.CodeAnalysis.CSharp.dll"))
                && File.Exists(Path.Combine(folders[1], "Microsoft.CodeAnalysis.CSharp.Workspaces.dll")))
                return new RoslynLocation(folders, $"SDK {version}", root, directory);
        }

        // The runtime that runs us has at least its own assemblies to compile against.
        return new RoslynLocation(
            [bundledFolder], "bundled", new[] { root, RootOfThisProcess() }.FirstOrDefault(HasRuntimes), SdkDirectory: null);
    }

    /// <summary>The SDKs of an installation that are new enough, the newest first.</summary>
    private static IEnumerable<(string Directory, string Version)> Sdks(string? root)
    {
        var folder = root is null ? null : Path.Combine(root, "sdk");
        if (!Directory.Exists(folder))
            return [];
        return
            from directory in Directory.EnumerateDirectories(folder)
            let name = Path.GetFileName(directory)
            let version = PackageVersion.Parse(name)
            where version?.Major >= OldestSdk
            orderby version descending
            select (directory, name);
    }

    private static bool HasRuntimes(string? root) => root is not null && Directory.Exists(Path.Combine(root, "shared"));

    /// <summary>…/dotnet/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll lies three folders deep.</summary>
    private static string? RootOfThisProcess()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return string.IsNullOrEmpty(core) ? null : Path.GetFullPath(Path.Combine(core, "..", "..", ".."));
    }
}
