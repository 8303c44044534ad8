using System.Collections.Immutable;
using QwenIde.Workspace.Loading.ProjectFiles;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>A reference that a project has, by itself or through others.</summary>
internal sealed record ResolvedReference(ProjectDescription Target, bool IsDirect, ImmutableArray<string> Aliases);

/// <summary>Who references whom, circles cut.</summary>
internal sealed class ProjectGraph
{
    private readonly Dictionary<string, ProjectDescription> _byPath;
    private readonly HashSet<(string From, string To)> _cut = [];

    /// <summary>Draws the graph.</summary>
    public ProjectGraph(IEnumerable<ProjectDescription> projects, ICollection<LoadIssue> issues)
    {
        Projects = [.. projects];
        _byPath = Projects.ToDictionary(project => project.Path, PathNames.Comparer);
        CutCircles(issues);
    }

    /// <summary>The projects, in the solution's order.</summary>
    public ImmutableArray<ProjectDescription> Projects { get; }

    /// <summary>The projects that the compiler runs while it compiles this one.</summary>
    public IEnumerable<ProjectDescription> GeneratorsOf(ProjectDescription project) =>
        project.Projects.Where(link => link.IsGenerator).Select(link => _byPath.GetValueOrDefault(link.Path)).OfType<ProjectDescription>();

    /// <summary>The projects that this one is compiled against; references pass on, as the SDK has it.</summary>
    public IReadOnlyList<ResolvedReference> References(ProjectDescription project)
    {
        var found = new Dictionary<string, ResolvedReference>(PathNames.Comparer);
        var pending = new Queue<(ProjectDescription Project, bool IsDirect)>([(project, true)]);
        var passesOn = !SdkDefaults.IsTrue(project.Properties, "DisableTransitiveProjectReferences") && SdkDefaults.IsSdkStyle(project.Properties);
        while (pending.TryDequeue(out var next))
            foreach (var (link, target) in LinksOf(next.Project))
                if (link.IsLinked && target != project && found.TryAdd(target.Path, new ResolvedReference(target, next.IsDirect, next.IsDirect ? link.Aliases : [])) && passesOn)
                    pending.Enqueue((target, false));
        return [.. found.Values];
    }

    private IEnumerable<(ProjectLink Link, ProjectDescription Target)> LinksOf(ProjectDescription project) =>
        from link in project.Projects
        let target = _byPath.GetValueOrDefault(link.Path)
        where target is not null && !_cut.Contains((project.Path, target.Path))
        select (link, target);

    private void CutCircles(ICollection<LoadIssue> issues)
    {
        var state = new Dictionary<string, bool>(PathNames.Comparer); // false: on the way, true: done
        foreach (var start in Projects)
        {
            var path = new Stack<(ProjectDescription Project, IEnumerator<(ProjectLink, ProjectDescription Target)> Links)>();
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (!top.Links.MoveNext())
                {
                    state[top.Project.Path] = true;
                    path.Pop().Links.Dispose();
                    continue;
                }

                var target = top.Links.Current.Target;
                if (!state.TryGetValue(target.Path, out var isDone))
                {
                    Enter(target);
                }
                else if (!isDone)
                {
                    _cut.Add((top.Project.Path, target.Path));
                    issues.Add(new LoadIssue(ProblemSeverity.Error,
                        $"{top.Project.Name} and {target.Name} reference each other in a circle; the reference from {top.Project.Name} to {target.Name} is left out.",
                        top.Project.Path));
                }
            }

            void Enter(ProjectDescription project)
            {
                if (state.TryAdd(project.Path, false))
                    path.Push((project, LinksOf(project).ToList().GetEnumerator()));
            }
        }
    }
}
