using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Loading.Building;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.FullModel;

/// <summary>
/// Joins what MSBuild says with the model from the project files. MSBuild's project counts, in the framework that was
/// chosen before; but no project is lost because MSBuild could not load it, and one that was never restored keeps the
/// references that were found for it without MSBuild if they are more. Neither model signs, so their projects mix.
/// </summary>
internal sealed partial class FullModelBuilder(LoadContext context)
{
    /// <summary>Builds the full model.</summary>
    /// <param name="first">The model from the project files.</param>
    /// <param name="projects">What MSBuild says of each project and framework.</param>
    /// <param name="complaints">What MSBuild complained about.</param>
    public LoadedModel Build(LoadedModel first, ImmutableArray<ProjectInfo> projects, ImmutableArray<string> complaints)
    {
        var issues = new List<LoadIssue>();
        var paths = projects.Where(project => project.FilePath is not null)
            .ToDictionary(project => project.Id, project => project.FilePath!);
        var flavours = projects.Where(project => project.FilePath is not null).ToLookup(project => project.FilePath!, PathNames.Comparer);
        var kept = new List<string>();
        var joined = first.Projects.Select(project =>
        {
            if (Flavour(flavours[project.Description.Path], project.Description.Framework) is not { } info
                || IsPoorer(info, project))
            {
                kept.Add(project.Description.Name);
                return project;
            }

            var converted = Convert(info, project.Description, paths, issues);
            return project with
            {
                Info = converted,
                Report = project.Report with { Documents = converted.Documents.Count(document => !IsIntermediate(document.FilePath!, project.Description)) },
            };
        }).ToImmutableArray();

        if (kept.Count > 0)
            issues.Add(new LoadIssue(ProblemSeverity.Warning,
                $"MSBuild gave no better model of {string.Join(", ", kept)}, so the one from the project files stays; 'dotnet restore' usually mends that."));
        issues.AddRange(complaints.Select(ToIssue));
        return first with
        {
            Stage = kept.Count == first.Projects.Length ? ModelStage.ProjectFiles : ModelStage.MSBuild,
            Projects = joined,
            // What stage one could not follow, MSBuild could.
            Issues = [.. first.Issues.Concat(issues).Distinct()],
        };
    }

    /// <summary>The chosen framework's flavour; Roslyn names a flavour <c>Name(net10.0)</c>.</summary>
    private static ProjectInfo? Flavour(IEnumerable<ProjectInfo> flavours, TargetFrameworkName framework)
    {
        var all = flavours.ToArray();
        return Array.Find(all, info => info.Name.EndsWith($"({framework.Moniker})", StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault();
    }

    private static bool IsPoorer(ProjectInfo info, LoadedProject first)
    {
        if (info.Documents.Count == 0)
            return true;
        var isRestored = File.Exists(Path.Combine(first.Description.Directory, "obj", "project.assets.json"));
        return !isRestored && References(info) < References(first.Info);

        static int References(ProjectInfo info) => info.MetadataReferences.Count + info.ProjectReferences.Count;
    }

    private ProjectInfo Convert(
        ProjectInfo info, ProjectDescription description, Dictionary<ProjectId, string> paths, List<LoadIssue> issues)
    {
        var id = context.Ids.Project(description.Path);
        var documents = Documents(info.Documents, id, description, issues).ToList();
        var texts = documents.Select(document => context.Texts.Read(document.FilePath!, out _)).OfType<SourceText>();
        if (SynthesisedSource.For([], description.Friends, texts) is { } friends)
            documents.Add(ProjectBuilder.Document(context.Ids, id, description, SynthesisedSource.PathFor(description), friends, isGenerated: true));
        return ProjectInfo.Create(
                id, VersionStamp.Create(), description.Name, info.AssemblyName, info.Language, info.FilePath, info.OutputFilePath,
                Unsigned(info.CompilationOptions), info.ParseOptions,
                documents,
                info.ProjectReferences.Where(reference => paths.ContainsKey(reference.ProjectId))
                    .Select(reference => new ProjectReference(context.Ids.Project(paths[reference.ProjectId]), reference.Aliases, reference.EmbedInteropTypes))
                    .Where(reference => reference.ProjectId != id)
                    .DistinctBy(reference => reference.ProjectId),
                info.MetadataReferences.Select(Shared),
                Generators(info.AnalyzerReferences, description, issues),
                Documents(info.AdditionalDocuments, id, description, issues))
            .WithAnalyzerConfigDocuments(Documents(info.AnalyzerConfigDocuments, id, description, issues))
            .WithDefaultNamespace(description["RootNamespace"] is { Length: > 0 } space ? space : description.Name)
            .WithCompilationOutputInfo(info.CompilationOutputInfo);
    }

    private static CompilationOptions? Unsigned(CompilationOptions? options) => options?
        .WithCryptoKeyFile(null).WithCryptoKeyContainer(null).WithCryptoPublicKey([]).WithDelaySign(null).WithPublicSign(false)
        .WithStrongNameProvider(null);

    private IEnumerable<DocumentInfo> Documents(
        IEnumerable<DocumentInfo> documents, ProjectId id, ProjectDescription description, List<LoadIssue> issues)
    {
        foreach (var path in documents.Select(document => document.FilePath).OfType<string>().Distinct(PathNames.Comparer))
        {
            if (context.Texts.Read(path, out var problem) is { } text)
                yield return ProjectBuilder.Document(context.Ids, id, description, path, text);
            if (problem is not null)
                issues.Add(problem);
        }
    }

    private MetadataReference Shared(MetadataReference reference) =>
        reference is PortableExecutableReference { FilePath: { } path } file && File.Exists(path)
            ? context.Metadata.Reference(path).WithProperties(file.Properties)
            : reference;

    /// <summary>
    /// Of what the compiler would load, only what comes with the SDK or lies in the package cache. A file of the repository
    /// is never loaded into this process; a generator that the solution makes itself is compiled from its source instead.
    /// </summary>
    private IEnumerable<AnalyzerReference> Generators(
        IEnumerable<AnalyzerReference> references, ProjectDescription description, List<LoadIssue> issues)
    {
        var made = description.Projects.Where(link => link.IsGenerator).Select(link => Path.GetFileNameWithoutExtension(link.Path)).ToHashSet(PathNames.Comparer);
        foreach (var reference in references.OfType<AnalyzerFileReference>())
        {
            if (IsBelow(reference.FullPath, context.Roslyn.DotNetRoot) || IsBelow(reference.FullPath, context.Packages.Folder))
                yield return context.Generators.Reference(reference.FullPath);
            else if (!made.Contains(Path.GetFileNameWithoutExtension(reference.FullPath)))
                issues.Add(new LoadIssue(ProblemSeverity.Warning,
                    $"{reference.FullPath}, an analyzer of {description.Name}, is not loaded, for it lies neither in the SDK nor in the package cache; what it generates is missing.",
                    description.Path));
        }
    }

    /// <summary>Roslyn words it as <c>Msbuild failed when processing the file 'path' with message: reason</c>.</summary>
    private static LoadIssue ToIssue(string complaint)
    {
        var match = Failure().Match(complaint);
        return match.Success
            ? new LoadIssue(ProblemSeverity.Warning,
                $"MSBuild on {Path.GetFileName(match.Groups["path"].Value)}: {match.Groups["reason"].Value.Trim()}", match.Groups["path"].Value)
            : new LoadIssue(ProblemSeverity.Information, $"MSBuild: {complaint.Trim()}");
    }

    [GeneratedRegex("processing the file '(?<path>[^']+)' with message: (?<reason>.+)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Failure();

    private static bool IsBelow(string path, string? folder) =>
        folder is not null && Path.GetFullPath(path).StartsWith(folder + Path.DirectorySeparatorChar, PathNames.Comparison);

    private static bool IsIntermediate(string path, ProjectDescription description) =>
        path.StartsWith(Path.Combine(description.Directory, "obj") + Path.DirectorySeparatorChar, PathNames.Comparison);
}
