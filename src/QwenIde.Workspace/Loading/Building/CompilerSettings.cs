using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>The compiler's options as the SDK would set them from a project's properties.</summary>
internal static class CompilerSettings
{
    private static readonly string[] TestPackages = ["Microsoft.NET.Test.Sdk", "xunit.v3", "MSTest", "TUnit"];

    /// <summary>Language version and preprocessor symbols.</summary>
    public static CSharpParseOptions ForParsing(ProjectDescription project)
    {
        var version = project["LangVersion"] is { Length: > 0 } stated ? stated : project.Framework.LanguageVersion;
        if (!LanguageVersionFacts.TryParse(version, out var language))
            language = LanguageVersion.Latest; // newer than this compiler, or misspelt: the build says so
        var symbols = project["DefineConstants"].Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(SdkDefaults.IsSdkStyle(project.Properties) && !SdkDefaults.IsTrue(project.Properties, "DisableImplicitConfigurationDefines") ? ["DEBUG"] : [])
            .Concat(SdkDefaults.IsTrue(project.Properties, "DisableImplicitFrameworkDefines") ? [] : project.Framework.Symbols());
        var documented = SdkDefaults.IsTrue(project.Properties, "GenerateDocumentationFile") || project["DocumentationFile"].Length > 0;
        return new CSharpParseOptions(
            language,
            documented ? DocumentationMode.Diagnose : DocumentationMode.Parse,
            SourceCodeKind.Regular,
            symbols.Distinct(StringComparer.Ordinal)).WithFeatures(Features(project["Features"]));
    }

    /// <summary>Output, nullability, warnings.</summary>
    public static CSharpCompilationOptions ForCompiling(ProjectDescription project)
    {
        var properties = project.Properties;
        return new CSharpCompilationOptions(
            OutputKindOf(project),
            moduleName: null,
            mainTypeName: project["StartupObject"] is { Length: > 0 } main ? main : null,
            allowUnsafe: SdkDefaults.IsTrue(properties, "AllowUnsafeBlocks"),
            checkOverflow: SdkDefaults.IsTrue(properties, "CheckForOverflowUnderflow"),
            generalDiagnosticOption: SdkDefaults.IsTrue(properties, "TreatWarningsAsErrors") ? ReportDiagnostic.Error : ReportDiagnostic.Default,
            warningLevel: WarningLevel(project),
            specificDiagnosticOptions: Severities(project),
            nullableContextOptions: project["Nullable"].ToLowerInvariant() switch
            {
                "enable" => NullableContextOptions.Enable,
                "warnings" => NullableContextOptions.Warnings,
                "annotations" => NullableContextOptions.Annotations,
                _ => NullableContextOptions.Disable,
            },
            deterministic: true,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);
    }

    private static OutputKind OutputKindOf(ProjectDescription project)
    {
        switch (project["OutputType"].ToLowerInvariant())
        {
            case "winexe":
                return OutputKind.WindowsApplication;
            case "exe":
                // A test framework's package generates the entry point during the build, and that is not run here.
                var hasOwnMain = SdkDefaults.IsFalse(project.Properties, "GenerateProgramFile");
                return !hasOwnMain && project.Packages.Any(package => TestPackages.Contains(package.Name, StringComparer.OrdinalIgnoreCase))
                    ? OutputKind.DynamicallyLinkedLibrary
                    : OutputKind.ConsoleApplication;
            default:
                return OutputKind.DynamicallyLinkedLibrary;
        }
    }

    private static int WarningLevel(ProjectDescription project)
    {
        const int Classic = 4;
        if (int.TryParse(project["WarningLevel"], NumberStyles.None, CultureInfo.InvariantCulture, out var stated))
            return stated;
        return project.Framework is { Family: FrameworkFamily.NetCore, Version.Major: >= 5 and var major } ? major : Classic;
    }

    private static ImmutableDictionary<string, ReportDiagnostic> Severities(ProjectDescription project)
    {
        var severities = ImmutableDictionary.CreateBuilder<string, ReportDiagnostic>();
        foreach (var id in Ids(project["WarningsAsErrors"]))
            severities[id] = ReportDiagnostic.Error;
        foreach (var id in Ids(project["WarningsNotAsErrors"]))
            severities[id] = ReportDiagnostic.Warn;
        foreach (var id in Ids(project["NoWarn"] + ";1701;1702"))
            severities[id] = ReportDiagnostic.Suppress;
        if (project.Framework.Family == FrameworkFamily.NetCore)
            severities["CS8002"] = ReportDiagnostic.Suppress; // .NET ignores strong names; so Microsoft.CSharp.Core.targets has it
        return severities.ToImmutable();
    }

    private static IEnumerable<string> Ids(string list)
    {
        foreach (var part in list.Split([';', ',', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Equals("nullable", StringComparison.OrdinalIgnoreCase))
                foreach (var id in NullableIds)
                    yield return id;
            else
                yield return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? $"CS{number:0000}"
                    : part;
        }
    }

    /// <summary>What the compiler itself counts as nullable warnings.</summary>
    private static ImmutableArray<string> NullableIds { get; } =
    [
        .. CSharpCommandLineParser.Default.Parse(["/warnaserror+:nullable"], baseDirectory: null, sdkDirectory: null)
            .CompilationOptions.SpecificDiagnosticOptions.Keys,
    ];

    private static IEnumerable<KeyValuePair<string, string>> Features(string list) =>
        from feature in EvaluatedItem.Split(list)
        let at = feature.IndexOf('=', StringComparison.Ordinal)
        select at < 0 ? KeyValuePair.Create(feature, "true") : KeyValuePair.Create(feature[..at], feature[(at + 1)..]);
}
