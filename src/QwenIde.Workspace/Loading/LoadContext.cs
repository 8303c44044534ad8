using QwenIde.Workspace.Loading.Building;
using QwenIde.Workspace.Loading.References;

namespace QwenIde.Workspace.Loading;

/// <summary>What every load of one workspace shares, so that a reload reads only what changed.</summary>
internal sealed class LoadContext(WorkspaceRoot root, bool isTrusted, RoslynLocation roslyn, string packagesFolder)
{
    /// <summary>The boundary of what may be read.</summary>
    public WorkspaceRoot Root { get; private init; } = root;

    /// <summary>Whether code of the repository and its packages may run.</summary>
    public bool IsTrusted { get; private init; } = isTrusted;

    /// <summary>The Roslyn and SDK in use.</summary>
    public RoslynLocation Roslyn { get; } = roslyn;

    /// <summary>Identities that outlive a model.</summary>
    public StableIds Ids { get; private init; } = new();

    /// <summary>Texts as last read.</summary>
    public SourceTexts Texts { get; private init; } = new();

    /// <summary>Assemblies as references.</summary>
    public MetadataFiles Metadata { get; private init; } = new();

    /// <summary>Generators as references.</summary>
    public GeneratorReferences Generators { get; private init; } = new();

    /// <summary>Frameworks.</summary>
    public FrameworkReferences Frameworks { get; private init; } = new(roslyn, packagesFolder);

    /// <summary>Packages.</summary>
    public PackageCache Packages { get; private init; } = new(packagesFolder);

    /// <summary>The same for a fresh look at the disk: what may have changed there is read anew.</summary>
    public LoadContext Refreshed(bool isTrusted) => new(new WorkspaceRoot(Root.Directory, isTrusted), isTrusted, Roslyn, Packages.Folder)
    {
        Ids = Ids,
        Texts = Texts,
        Metadata = Metadata,
        Generators = Generators,
    };
}
