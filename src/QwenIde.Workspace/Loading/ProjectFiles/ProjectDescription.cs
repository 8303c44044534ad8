using System.Collections.Immutable;

namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>A reference from one project to another.</summary>
/// <param name="Path">The absolute path of the project file.</param>
/// <param name="IsGenerator">The other project is run by the compiler, not linked (<c>OutputItemType="Analyzer"</c>).</param>
/// <param name="IsLinked">Its assembly is referenced.</param>
/// <param name="Aliases">External aliases.</param>
internal sealed record ProjectLink(string Path, bool IsGenerator, bool IsLinked, ImmutableArray<string> Aliases);

/// <summary>A package that a project asks for.</summary>
/// <param name="Name">Its identifier.</param>
/// <param name="Version">The version or range that is asked for, or empty.</param>
/// <param name="IsPrivate">Dependents of the project do not get it.</param>
/// <param name="IsCompiled">Its assemblies are referenced at all.</param>
internal sealed record PackageRequest(string Name, string Version, bool IsPrivate, bool IsCompiled);

/// <summary>A project as its file describes it: plain data, nothing resolved yet.</summary>
internal sealed record ProjectDescription
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of the project file; of the folder, where there is none.</summary>
    public required string Path { get; init; }

    /// <summary>The project's folder.</summary>
    public required string Directory { get; init; }

    /// <summary>The framework that was chosen.</summary>
    public required TargetFrameworkName Framework { get; init; }

    /// <summary>The project's properties, case ignored.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Which source files belong to it.</summary>
    public required CompileItems Compile { get; init; }

    /// <summary>Frameworks that were left aside.</summary>
    public ImmutableArray<string> OtherFrameworks { get; init; } = [];

    /// <summary>Namespaces and the like that are imported everywhere, each as the text after <c>global using</c>.</summary>
    public ImmutableArray<string> GlobalUsings { get; init; } = [];

    /// <summary>References to other projects.</summary>
    public ImmutableArray<ProjectLink> Projects { get; init; } = [];

    /// <summary>Packages.</summary>
    public ImmutableArray<PackageRequest> Packages { get; init; } = [];

    /// <summary>Shared frameworks beside the base one.</summary>
    public ImmutableArray<string> Frameworks { get; init; } = [];

    /// <summary>Absolute paths of assemblies that are referenced by file.</summary>
    public ImmutableArray<string> Assemblies { get; init; } = [];

    /// <summary>Names of the assemblies that see its internals.</summary>
    public ImmutableArray<string> Friends { get; init; } = [];

    /// <summary>Absolute paths of files that generators read.</summary>
    public ImmutableArray<string> AdditionalFiles { get; init; } = [];

    /// <summary>Every file that was read for it: when one changes, the description may.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>A property's value, or empty.</summary>
    public string this[string property] => Properties.GetValueOrDefault(property, "");

    /// <summary>The name of the assembly that it makes.</summary>
    public string AssemblyName => this["AssemblyName"] is { Length: > 0 } name ? name : Name;
}
