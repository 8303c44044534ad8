using System.Collections.Concurrent;
using QwenIde.Workspace.Loading.Building;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading;

/// <summary>
/// The first stage: reads project files as data and builds a model from them within seconds. Starts nothing, evaluates
/// nothing, and in an untrusted workspace reads nothing outside of it but the SDK and the package cache.
/// </summary>
internal sealed class ProjectFilesLoader(LoadContext context)
{
    private readonly ConcurrentQueue<LoadIssue> _issues = [];

    /// <summary>Loads a target.</summary>
    /// <exception cref="WorkspaceLoadException">Not one project could be read.</exception>
    public LoadedModel Load(LoadTarget target, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var issues = new List<LoadIssue>();
        var descriptions = target.IsLooseFolder
            ? [new ProjectFileReader(context.Root).ForFolder(target.Path, issues)]
            : Describe(target, progress, cancellationToken);
        if (descriptions.Count == 0)
            throw new WorkspaceLoadException(string.Join(' ',
                _issues.Select(issue => issue.Message).Prepend($"{target.Path} names no C# project that can be opened.")));

        var graph = new ProjectGraph(descriptions, issues);
        var loaded = new LoadedProject[descriptions.Count];
        var builder = new ProjectBuilder(context);
        var done = 0;
        Parallel.For(0, descriptions.Count, Options(cancellationToken), index =>
        {
            var own = new List<LoadIssue>();
            loaded[index] = builder.Build(descriptions[index], graph, own, cancellationToken);
            foreach (var issue in own)
                _issues.Enqueue(issue);
            progress?.Report(new LoadProgress("Reading source files", Interlocked.Increment(ref done), descriptions.Count));
        });

        issues.AddRange(_issues.OrderBy(issue => issue.Path, StringComparer.Ordinal));
        if (context.Roslyn.SdkDirectory is null)
            issues.Add(new LoadIssue(ProblemSeverity.Warning,
                "No .NET SDK of version 10 or later was found, so the product's own compiler and the runtime's own assemblies are used; install the SDK for exact answers."));
        if (Unrestored(loaded) is { } unrestored)
            issues.Add(unrestored);
        return new LoadedModel(target, ModelStage.ProjectFiles, [.. loaded], graph, [.. issues.Distinct()]);
    }

    /// <summary>Reads the projects that a target names, and those that these reference.</summary>
    private List<ProjectDescription> Describe(LoadTarget target, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var reader = new ProjectFileReader(context.Root);
        var found = new ConcurrentDictionary<string, ProjectDescription>(PathNames.Comparer);
        var order = new List<string>();
        var seen = new HashSet<string>(PathNames.Comparer);
        var wave = target.ProjectFiles.Select(path => (Path: path, From: target.Path)).ToList();
        while (wave.Count > 0)
        {
            var fresh = wave.Where(entry => seen.Add(entry.Path) && MayRead(entry.Path, entry.From)).Select(entry => entry.Path).ToList();
            order.AddRange(fresh);
            Parallel.ForEach(fresh, Options(cancellationToken), path =>
            {
                var own = new List<LoadIssue>();
                if (reader.Read(path, own) is { } description)
                    found[path] = description;
                foreach (var issue in own)
                    _issues.Enqueue(issue);
                progress?.Report(new LoadProgress("Reading project files", found.Count, seen.Count));
            });
            wave = [.. fresh.Where(found.ContainsKey).SelectMany(path => found[path].Projects.Select(link => (link.Path, From: path)))
                .Where(entry => !seen.Contains(entry.Path))];
        }

        return [.. order.Where(found.ContainsKey).Select(path => found[path])];
    }

    private bool MayRead(string path, string from)
    {
        if (!path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
        {
            _issues.Enqueue(new LoadIssue(ProblemSeverity.Information,
                $"{Path.GetFileName(path)} is left out, for only C# projects are read.", path));
            return false;
        }

        if (context.Root.Allows(path))
            return true;
        _issues.Enqueue(new LoadIssue(ProblemSeverity.Warning,
            $"{path}, which {Path.GetFileName(from)} names, lies outside of the opened folder, so it is left out until the workspace is trusted.", from));
        return false;
    }

    private static LoadIssue? Unrestored(IEnumerable<LoadedProject> projects)
    {
        var missing = projects.SelectMany(project => project.Report.MissingPackages).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase).ToArray();
        return missing.Length == 0 ? null : new LoadIssue(ProblemSeverity.Warning,
            $"Not in the package cache: {string.Join(", ", missing)}. Their types are unknown until 'dotnet restore' has fetched them.");
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
}
