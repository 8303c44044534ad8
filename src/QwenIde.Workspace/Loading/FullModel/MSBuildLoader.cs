using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.MSBuild;

namespace QwenIde.Workspace.Loading.FullModel;

/// <summary>
/// Lets MSBuild evaluate projects and run their design-time targets, in Roslyn's own child process. This executes code of
/// the repository. The child starts in this process's working directory, which must not lie in the repository.
/// </summary>
internal sealed class MSBuildLoader(HostServices services)
{
    /// <summary>Loads the projects of a target.</summary>
    /// <returns>What MSBuild says of each project, several times for one with several frameworks, and its complaints.</returns>
    public async Task<(ImmutableArray<ProjectInfo> Projects, ImmutableArray<string> Complaints)> LoadAsync(
        LoadTarget target, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        using var workspace = new ListeningWorkspace(services);
        var loader = new MSBuildProjectLoader(workspace) { LoadMetadataForReferencedProjects = false, SkipUnrecognizedProjects = true };
        var loaded = new LoadedSoFar(progress, target.ProjectFiles.Length);
        if (target.IsSolution)
        {
            var solution = await loader.LoadSolutionInfoAsync(target.Path, loaded, cancellationToken: cancellationToken);
            return ([.. solution.Projects], workspace.Complaints);
        }

        if (target.ProjectFiles is [var single])
            return (await loader.LoadProjectInfoAsync(single, progress: loaded, cancellationToken: cancellationToken), workspace.Complaints);

        // One child for all of them, instead of one each: a solution file of our own, outside of the repository.
        var folder = Directory.CreateTempSubdirectory("qwenide-");
        try
        {
            var path = Path.Combine(folder.FullName, "Folder.slnx");
            await File.WriteAllTextAsync(path, SolutionOf(target.ProjectFiles), cancellationToken);
            var solution = await loader.LoadSolutionInfoAsync(path, loaded, cancellationToken: cancellationToken);
            return ([.. solution.Projects], workspace.Complaints);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string SolutionOf(IEnumerable<string> projects)
    {
        var text = new StringBuilder("<Solution>\n");
        foreach (var project in projects)
            text.Append("  <Project Path=\"").Append(System.Security.SecurityElement.Escape(project)).Append("\" />\n");
        return text.Append("</Solution>\n").ToString();
    }

    /// <summary>Only there to hear what fails; events would come late, on another thread.</summary>
    private sealed class ListeningWorkspace(HostServices services) : Microsoft.CodeAnalysis.Workspace(services, "MSBuild")
    {
        private readonly ConcurrentQueue<string> _complaints = [];

        public ImmutableArray<string> Complaints => [.. _complaints.Distinct()];

        protected override void OnWorkspaceFailed(WorkspaceDiagnostic diagnostic) => _complaints.Enqueue(diagnostic.Message);
    }

    private sealed class LoadedSoFar(IProgress<LoadProgress>? progress, int total) : IProgress<ProjectLoadProgress>
    {
        private readonly ConcurrentDictionary<string, bool> _resolved = new(PathNames.Comparer);

        public void Report(ProjectLoadProgress value)
        {
            if (value.Operation == ProjectLoadOperation.Resolve && _resolved.TryAdd(value.FilePath, true))
                progress?.Report(new LoadProgress("Asking MSBuild", Math.Min(_resolved.Count, total), total));
        }
    }
}
