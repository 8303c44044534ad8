using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Loading.ProjectFiles;
using QwenIde.Workspace.Loading.References;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>A project in both shapes: for Roslyn, and for people.</summary>
internal sealed record LoadedProject(ProjectDescription Description, ProjectInfo Info, ProjectReport Report);

/// <summary>Builds Roslyn's projects from descriptions alone.</summary>
internal sealed class ProjectBuilder(LoadContext context)
{
    /// <summary>Builds one project.</summary>
    /// <param name="project">Its description.</param>
    /// <param name="graph">All projects, for what flows through references.</param>
    /// <param name="issues">Receives what is missing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public LoadedProject Build(
        ProjectDescription project, ProjectGraph graph, ICollection<LoadIssue> issues, CancellationToken cancellationToken)
    {
        var id = context.Ids.Project(project.Path);
        var (documents, texts) = Documents(project, id, issues, cancellationToken);
        var references = graph.References(project);
        var framework = context.Frameworks.Resolve(project, [.. references.Select(reference => reference.Target)]);
        var packages = Packages(project, references.Select(reference => reference.Target), cancellationToken);
        var generators = framework.Generators.Concat(context.IsTrusted ? packages.Generators : []);

        var info = ProjectInfo.Create(
                id, VersionStamp.Create(), project.Name, project.AssemblyName, LanguageNames.CSharp,
                filePath: File.Exists(project.Path) ? project.Path : null,
                compilationOptions: CompilerSettings.ForCompiling(project),
                parseOptions: CompilerSettings.ForParsing(project),
                documents: SynthesisedSource.For(project.GlobalUsings, project.Friends, texts) is { } generated
                    ? documents.Append(Document(
                        context.Ids, id, project, SynthesisedSource.PathFor(project), generated, isGenerated: true))
                    : documents,
                projectReferences: references.Select(reference =>
                    new ProjectReference(context.Ids.Project(reference.Target.Path), reference.Aliases)),
                metadataReferences: Metadata(framework.Assemblies, packages.Assemblies, project.Assemblies, references.Select(reference => reference.Target)),
                analyzerReferences: generators.Select(context.Generators.Reference),
                additionalDocuments: TextDocuments(project, id, project.AdditionalFiles, issues))
            .WithDefaultNamespace(project["RootNamespace"] is { Length: > 0 } space ? space : project.Name)
            .WithAnalyzerConfigDocuments(TextDocuments(project, id, ConfigFiles(project, documents), issues));

        foreach (var missing in framework.Missing)
            issues.Add(new LoadIssue(ProblemSeverity.Warning,
                $"{project.Name} needs the framework {missing}, which is not installed; its types are unknown.", project.Path));
        if (framework.StandIn is { } standIn)
            issues.Add(new LoadIssue(ProblemSeverity.Information,
                $"{project.Name} targets {project.Framework.Moniker}, whose reference assemblies are not here; it is checked against {standIn} instead.", project.Path));
        return new LoadedProject(project, info, new ProjectReport(
            project.Name, project.Path, project.Framework.Moniker, project.OtherFrameworks, documents.Count,
            [.. references.Where(reference => reference.IsDirect).Select(reference => reference.Target.Name)],
            [.. packages.Missing]));
    }

    private (List<DocumentInfo> Documents, List<SourceText> Texts) Documents(
        ProjectDescription project, ProjectId id, ICollection<LoadIssue> issues, CancellationToken cancellationToken)
    {
        var documents = new List<DocumentInfo>();
        var texts = new List<SourceText>();
        foreach (var path in project.Compile.Find(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = context.Texts.Read(path, out var problem);
            if (problem is not null)
                issues.Add(problem);
            if (text is null)
                continue;
            texts.Add(text);
            documents.Add(Document(context.Ids, id, project, path, text));
        }

        return (documents, texts);
    }

    /// <summary>The document of a source file.</summary>
    public static DocumentInfo Document(
        StableIds ids, ProjectId id, ProjectDescription project, string path, SourceText text,
        bool isGenerated = false) =>
        DocumentInfo.Create(
            ids.Document(id, path), Path.GetFileName(path), FoldersOf(project, path), SourceCodeKind.Regular,
            TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create(), path)), path, isGenerated);

    private IEnumerable<DocumentInfo> TextDocuments(
        ProjectDescription project, ProjectId id, IEnumerable<string> paths, ICollection<LoadIssue> issues)
    {
        foreach (var path in paths)
            if (context.Texts.Read(path, out var problem) is { } text)
                yield return Document(context.Ids, id, project, path, text);
            else if (problem is not null)
                issues.Add(problem);
    }

    private static string[] FoldersOf(ProjectDescription project, string path)
    {
        var relative = Path.GetRelativePath(project.Directory, Path.GetDirectoryName(path)!);
        return relative == "." || relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? []
            : relative.Split(Path.DirectorySeparatorChar);
    }

    private PackageAssemblies Packages(
        ProjectDescription project, IEnumerable<ProjectDescription> referenced, CancellationToken cancellationToken)
    {
        var requests = project.Packages
            .Concat(referenced.SelectMany(other => other.Packages.Where(package => !package.IsPrivate)))
            .DistinctBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return context.Packages.Resolve(requests, ProjectAssets.Read(project, context.Root) ?? [], project.Framework, cancellationToken);
    }

    /// <summary>One reference for each assembly name: the higher version, as the build resolves conflicts; no assembly that a
    /// project of the solution makes.</summary>
    private IEnumerable<MetadataReference> Metadata(
        IEnumerable<string> framework, IEnumerable<string> packages, IEnumerable<string> files, IEnumerable<ProjectDescription> referenced)
    {
        var made = referenced.Select(project => project.AssemblyName + ".dll").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var chosen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in framework.Concat(packages).Concat(files))
        {
            var name = Path.GetFileName(path);
            if (made.Contains(name))
                continue;
            if (!chosen.TryGetValue(name, out var other) || VersionOf(path) > VersionOf(other))
                chosen[name] = path;
        }

        return chosen.Values.Select(context.Metadata.Reference);
    }

    private static Version VersionOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version ?? new Version();
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return new Version();
        }
    }

    /// <summary>The <c>.editorconfig</c> and <c>.globalconfig</c> files that apply, inside the workspace.</summary>
    private SortedSet<string> ConfigFiles(ProjectDescription project, IEnumerable<DocumentInfo> documents)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var folders = new HashSet<string>(PathNames.Comparer);
        foreach (var start in documents.Select(document => Path.GetDirectoryName(document.FilePath)!).Append(project.Directory))
            for (var folder = start; folder is not null && folders.Add(folder) && context.Root.Allows(folder); folder = Path.GetDirectoryName(folder))
                foreach (var name in (string[])[".editorconfig", ".globalconfig"])
                    if (Path.Combine(folder, name) is var path && File.Exists(path) && context.Root.Allows(path))
                        found.Add(path);
        return found;
    }
}
