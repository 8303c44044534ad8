using System.Collections;
using System.Collections.Immutable;

namespace QwenIde.Sidecar.Startup;

/// <summary>
/// What the process was started with: the one place of the product that reads environment variables.
/// </summary>
/// <param name="DotNetRoot">The .NET installation to use; null when none was found. A folder that the user names counts
/// as it is, even if it turns out to be empty.</param>
/// <param name="DotNetRootSource">Where <paramref name="DotNetRoot"/> comes from, for people.</param>
/// <param name="PackagesFolder">The NuGet package cache that the user named; null for the usual one.</param>
/// <param name="SearchPath">The folders in which programs are looked for.</param>
/// <param name="NoColor">The user asks for plain text (https://no-color.org).</param>
internal sealed record Surroundings(
    string? DotNetRoot, string DotNetRootSource, string? PackagesFolder, ImmutableArray<string> SearchPath, bool NoColor)
{
    /// <summary>Where models are kept: <c>QWENIDE_MODELS</c>, or a folder of the user's application data.</summary>
    public required string ModelsFolder { get; init; }

    /// <summary>The ONNX Runtime to use, a file or a folder: <c>QWENIDE_ONNXRUNTIME</c>; null for the one that came along.</summary>
    public string? OnnxRuntime { get; init; }

    /// <summary>The hub to pull models from: <c>HF_ENDPOINT</c>; null for the Hugging Face hub.</summary>
    public string? HubEndpoint { get; init; }

    /// <summary>An access token for the hub: <c>HF_TOKEN</c>. Never shown or logged.</summary>
    public string? HubToken { get; init; }

    /// <summary>Reads the environment once.</summary>
    public static Surroundings Read()
    {
        ImmutableArray<string> searchPath =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(Path.IsPathFullyQualified),
        ];
        (string? root, string source) = FindDotNet(searchPath);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return new Surroundings(
            root,
            source,
            Path.IsPathFullyQualified(packages ?? "") ? packages : null,
            searchPath,
            !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            ModelsFolder = Named("QWENIDE_MODELS") is { } models
                ? Path.GetFullPath(models)
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                    "qwenide",
                    "models"),
            OnnxRuntime = Named("QWENIDE_ONNXRUNTIME"),
            HubEndpoint = Named("HF_ENDPOINT"),
            HubToken = Named("HF_TOKEN"),
        };
    }

    private static string? Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>
    /// Makes what child processes inherit harmless: no code is injected by a variable, no secret travels on, and children
    /// use the .NET that this process chose.
    /// </summary>
    public void PrepareForChildren()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (variable.Key is string name && IsUnfitForChildren(name))
                Environment.SetEnvironmentVariable(name, null);
        if (DotNetRoot is null)
            return;
        Environment.SetEnvironmentVariable("DOTNET_ROOT", DotNetRoot);
        var host = Path.Combine(DotNetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        if (File.Exists(host))
            Environment.SetEnvironmentVariable("DOTNET_HOST_PATH", host);
    }

    internal static bool IsUnfitForChildren(string name) =>
        UnfitNames.Contains(name)
        || UnfitStarts.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        || UnfitEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static readonly ImmutableHashSet<string> UnfitNames = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE", "DOTNET_HOST_PATH",
        "LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES");

    // MSBuild's own variables redirect SDK resolution and load extensions; the profiler's load native code.
    private static readonly string[] UnfitStarts =
        ["MSBUILD", "CORECLR_", "COR_", "COMPLUS_", "NuGetPackageSourceCredentials_", "VSS_NUGET_"];

    private static readonly string[] UnfitEnds = ["_TOKEN", "_SECRET", "_PASSWORD", "_API_KEY", "_APIKEY"];

    private static (string? Root, string Source) FindDotNet(ImmutableArray<string> searchPath)
    {
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } named)
            return (Path.GetFullPath(named), "DOTNET_ROOT");
        // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll
        var core = typeof(object).Assembly.Location;
        if (core.Length > 0 && Path.GetFullPath(Path.Combine(core, "../../../..")) is var running && HasSdk(running))
            return (running, "the .NET that runs qwenide");
        var program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        foreach (var folder in searchPath)
        {
            var file = new FileInfo(Path.Combine(folder, program));
            if (file.Exists
                && Path.GetDirectoryName((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName) is { } root
                && HasSdk(root))
                return (root, "PATH");
        }
        return (InstallFolders().FirstOrDefault(HasSdk), "the usual folders");
    }

    private static bool HasSdk(string root) => Directory.Exists(Path.Combine(root, "sdk"));

    private static string[] InstallFolders() => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet")]
        :
        [
            "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet"),
        ];
}
