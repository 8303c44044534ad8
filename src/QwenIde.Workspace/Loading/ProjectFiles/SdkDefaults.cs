using System.Collections.Immutable;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>The part of the .NET SDK's own project files that a semantic model needs, stated instead of evaluated.</summary>
internal static class SdkDefaults
{
    private const string SdkName = "_QwenIdeSdk";

    private static readonly ImmutableArray<string> Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly ImmutableArray<string> WorkerUsings =
    [
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    private static readonly ImmutableArray<string> WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", .. WorkerUsings,
    ];

    /// <summary>Begins the name of every item that grants access. Repositories have kinds of their own, such as
    /// <c>InternalsVisibleToProject</c>, of which a target makes the SDK's when it builds.</summary>
    public const string Friends = "InternalsVisibleTo";

    private static readonly ImmutableHashSet<string> ItemTypes = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "Compile", "Using", "ProjectReference", "PackageReference", "PackageVersion", "GlobalPackageReference", "FrameworkReference",
        "Reference", "AssemblyAttribute", "AdditionalFiles", "Analyzer", "GlobalAnalyzerConfigFiles");

    /// <summary>Whether items of a type matter here.</summary>
    public static bool Reads(string itemType) =>
        ItemTypes.Contains(itemType) || itemType.StartsWith(Friends, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is set before any file of the user is read.</summary>
    public static void AtFirst(string sdk, Action<string, string> set)
    {
        set("Configuration", "Debug");
        set("Platform", "AnyCPU");
        set("OS", OperatingSystem.IsWindows() ? "Windows_NT" : "Unix");
        set("MSBuildRuntimeType", "Core");
        set("BaseIntermediateOutputPath", "obj/");
        set("BundledNETCoreAppTargetFrameworkVersion", TargetFrameworkName.Newest.Version.ToString());
        if (sdk.Length == 0)
            return;
        set("UsingMicrosoftNETSdk", "true");
        set(SdkName, sdk.Split('/')[0]); // a version may follow
    }

    /// <summary>What the SDK sets between <c>Directory.Build.props</c> and the project's own lines.</summary>
    public static void BeforeProject(IReadOnlyDictionary<string, string> properties, Action<string, string> set)
    {
        if (!IsSdkStyle(properties))
            return;
        set("DefineConstants", Joined("DefineConstants", "TRACE"));
        set("WarningsAsErrors", Joined("WarningsAsErrors", "NU1605"));
        var sdk = properties[SdkName];
        if ((IsWeb(sdk) || IsWorker(sdk)) && properties.GetValueOrDefault("OutputType", "").Length == 0)
            set("OutputType", "Exe");

        string Joined(string name, string more) => $"{properties.GetValueOrDefault(name, "")};{more}";
    }

    /// <summary>What the SDK sets between the project's last line and <c>Directory.Build.targets</c>.</summary>
    public static void AfterProject(IReadOnlyDictionary<string, string> properties, Action<string, string> set)
    {
        foreach (var name in (string[])["AssemblyName", "RootNamespace"])
            if (properties.GetValueOrDefault(name, "").Length == 0)
                set(name, properties.GetValueOrDefault("MSBuildProjectName", ""));
        if (TargetFrameworkName.Parse(properties.GetValueOrDefault("TargetFramework", "")) is not { } framework)
            return;
        set("TargetFrameworkIdentifier", framework.Identifier);
        set("TargetFrameworkVersion", "v" + framework.Version);
        const int BinaryFormatterIsAnError = 7;
        if (framework is { Family: FrameworkFamily.NetCore, Version.Major: >= BinaryFormatterIsAnError })
            set("WarningsAsErrors", properties.GetValueOrDefault("WarningsAsErrors", "") + ";SYSLIB0011");
    }

    /// <summary>Whether a project is of the style that names an SDK.</summary>
    public static bool IsSdkStyle(IReadOnlyDictionary<string, string> properties) => properties.ContainsKey(SdkName);

    /// <summary>The namespaces that <c>ImplicitUsings</c> brings.</summary>
    public static IEnumerable<string> ImplicitUsings(IReadOnlyDictionary<string, string> properties, TargetFrameworkName framework)
    {
        var sdk = properties.GetValueOrDefault(SdkName, "");
        var usings = Usings.AsEnumerable();
        if (framework.Family == FrameworkFamily.NetFramework)
            usings = usings.Where(name => name != "System.Net.Http");
        if (IsWeb(sdk))
            usings = usings.Concat(WebUsings);
        else if (IsWorker(sdk))
            usings = usings.Concat(WorkerUsings);
        if (IsTrue(properties, "UseWindowsForms"))
            usings = usings.Concat(["System.Drawing", "System.Windows.Forms"]);
        return usings;
    }

    /// <summary>The shared frameworks that a project references without saying so.</summary>
    public static IEnumerable<string> ImplicitFrameworks(IReadOnlyDictionary<string, string> properties)
    {
        if (IsWeb(properties.GetValueOrDefault(SdkName, "")))
            yield return "Microsoft.AspNetCore.App";
        if (IsTrue(properties, "UseWPF") || IsTrue(properties, "UseWindowsForms"))
            yield return "Microsoft.WindowsDesktop.App";
    }

    /// <summary>Patterns that the default items leave out, relative to the project's folder.</summary>
    public static IEnumerable<string> DefaultExcludes(IReadOnlyDictionary<string, string> properties)
    {
        var excludes = EvaluatedItem.Split(properties.GetValueOrDefault("DefaultItemExcludes", ""))
            .Append("bin/**").Append("obj/**").Append("**/.*/**")
            .Append(properties.GetValueOrDefault("BaseIntermediateOutputPath", "obj/").TrimEnd('/', '\\') + "/**");
        if (properties.GetValueOrDefault("BaseOutputPath", "") is { Length: > 0 } output)
            excludes = excludes.Append(output.TrimEnd('/', '\\') + "/**");
        if (properties.GetValueOrDefault("ArtifactsPath", "") is { Length: > 0 } artifacts)
            excludes = excludes.Append(artifacts.TrimEnd('/', '\\') + "/**");
        return IsWeb(properties.GetValueOrDefault(SdkName, ""))
            ? excludes.Concat(["**/node_modules/**", "**/jspm_packages/**", "**/bower_components/**"])
            : excludes;
    }

    /// <summary>Whether a property is set to true or, as some are, to enable.</summary>
    public static bool IsTrue(IReadOnlyDictionary<string, string> properties, string name) =>
        properties.GetValueOrDefault(name, "") is var value
        && (value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("enable", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a property is set to false or, as some are, to disable.</summary>
    public static bool IsFalse(IReadOnlyDictionary<string, string> properties, string name) =>
        properties.GetValueOrDefault(name, "") is var value
        && (value.Equals("false", StringComparison.OrdinalIgnoreCase) || value.Equals("disable", StringComparison.OrdinalIgnoreCase));

    private static bool IsWeb(string sdk) => sdk.Equals("Microsoft.NET.Sdk.Web", StringComparison.OrdinalIgnoreCase);

    private static bool IsWorker(string sdk) => sdk.Equals("Microsoft.NET.Sdk.Worker", StringComparison.OrdinalIgnoreCase);
}
