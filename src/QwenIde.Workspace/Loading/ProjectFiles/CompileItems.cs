namespace QwenIde.Workspace.Loading.ProjectFiles;

/// <summary>Which source files a project compiles: its item elements in order, applicable to what is on disk now and to
/// files that come later.</summary>
internal sealed class CompileItems
{
    private const int MostFiles = 200_000;

    private readonly List<Step> _steps = [];
    private readonly WorkspaceRoot _root;

    /// <summary>Gathers the steps.</summary>
    /// <param name="directory">The project's folder.</param>
    /// <param name="properties">The project's properties.</param>
    /// <param name="items">Its items.</param>
    /// <param name="root">Nothing outside is listed.</param>
    /// <param name="issues">Receives what leads outside.</param>
    public CompileItems(
        string directory, IReadOnlyDictionary<string, string> properties, IEnumerable<EvaluatedItem> items, WorkspaceRoot root,
        ICollection<LoadIssue> issues)
    {
        _root = root;
        if (SdkDefaults.IsSdkStyle(properties) && !SdkDefaults.IsFalse(properties, "EnableDefaultItems")
            && !SdkDefaults.IsFalse(properties, "EnableDefaultCompileItems"))
            _steps.Add(new Step(Adds: true, Parse(directory, "**/*.cs"), Parse(directory, string.Join(';', SdkDefaults.DefaultExcludes(properties)))));
        foreach (var item in items.Where(item => item.Type.Equals("Compile", StringComparison.OrdinalIgnoreCase)))
        {
            if (item.Operation == ItemOperation.Update)
                continue;
            var globs = Parse(directory, item.Specification);
            foreach (var glob in globs.Where(glob => item.Operation == ItemOperation.Include && !root.Allows(glob.FixedFolder)))
                issues.Add(new LoadIssue(ProblemSeverity.Warning,
                    $"{glob.Text} is compiled by a project but lies outside of the opened folder, so it is not read until the workspace is trusted.",
                    item.File));
            _steps.Add(new Step(
                item.Operation == ItemOperation.Include,
                [.. globs.Where(glob => root.Allows(glob.FixedFolder))],
                Parse(directory, item.Exclude)));
        }
    }

    /// <summary>Whether the project compiles a file of this absolute path.</summary>
    public bool Includes(string path)
    {
        var included = false;
        foreach (var step in _steps)
            if (included != step.Adds && step.Names(path))
                included = step.Adds;
        return included && _root.Allows(path);
    }

    /// <summary>The absolute paths of the source files on disk, in order of path.</summary>
    public IReadOnlyList<string> Find(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(PathNames.Comparer);
        foreach (var step in _steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!step.Adds)
            {
                found.RemoveWhere(step.Names);
                continue;
            }

            foreach (var glob in step.Globs)
                if (!glob.IsLiteral)
                    found.UnionWith(Walk(glob.FixedFolder, step, cancellationToken).Take(MostFiles));
                else if (File.Exists(glob.Text) && step.Names(glob.Text) && _root.Allows(glob.Text))
                    found.Add(glob.Text);
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static Glob[] Parse(string directory, string specification) =>
        [.. EvaluatedItem.Split(specification).Select(part => Glob.Parse(directory, part)).OfType<Glob>()];

    /// <summary>Lists what a step adds below a folder, and does not enter folders that it excludes, nor links.</summary>
    private static IEnumerable<string> Walk(string folder, Step step, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Directory.Exists(next))
                continue;
            foreach (var file in Directory.EnumerateFiles(next, "*", options))
                if (step.Names(file))
                    yield return file;
            foreach (var child in Directory.EnumerateDirectories(next, "*", options))
                if (!Array.Exists(step.Excludes, exclude => exclude.MatchesAllBelow(child)))
                    pending.Push(child);
        }
    }

    private sealed record Step(bool Adds, Glob[] Globs, Glob[] Excludes)
    {
        public bool Names(string path) =>
            Array.Exists(Globs, glob => glob.Matches(path)) && !Array.Exists(Excludes, exclude => exclude.Matches(path));
    }
}
