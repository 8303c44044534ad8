using System.Collections.Immutable;

namespace QwenIde.Workspace.Loading;

/// <summary>What is to be opened.</summary>
/// <param name="Path">The absolute path of a solution, project or folder.</param>
/// <param name="ProjectFiles">The projects that it names.</param>
/// <param name="IsLooseFolder">A folder of source files without any project.</param>
internal sealed record LoadTarget(string Path, ImmutableArray<string> ProjectFiles, bool IsLooseFolder = false)
{
    private const int MostFolders = 100_000;

    /// <summary>Whether it is a solution file.</summary>
    public bool IsSolution => IsSolutionFile(Path);

    /// <summary>Whether a path names a solution file.</summary>
    public static bool IsSolutionFile(string path) =>
        path.EndsWith(".sln", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Decides what a path means.</summary>
    /// <exception cref="WorkspaceLoadException">There is nothing to open, or it is not clear what.</exception>
    public static LoadTarget Find(string path, CancellationToken cancellationToken)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (Directory.Exists(path))
            return InFolder(path, cancellationToken);
        if (!File.Exists(path))
            throw new WorkspaceLoadException($"{path} does not exist. Name a solution (.sln, .slnx), a project (.csproj) or a folder.");
        if (IsSolutionFile(path))
            return InSolution(path);
        if (path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
            return new LoadTarget(path, [path]);
        throw new WorkspaceLoadException(
            $"{path} is neither a solution (.sln, .slnx) nor a C# project (.csproj). Name one of these, or a folder.");
    }

    private static LoadTarget InSolution(string path)
    {
        var projects = SolutionFile.Projects(path);
        if (projects.Count == 0)
            throw new WorkspaceLoadException($"{path} holds no project. Add one with 'dotnet sln add', or open a folder with source files.");
        return new LoadTarget(path, [.. projects]);
    }

    private static LoadTarget InFolder(string folder, CancellationToken cancellationToken)
    {
        foreach (var pattern in (string[])["*.slnx", "*.sln"])
        {
            var solutions = Directory.GetFiles(folder, pattern).Where(IsSolutionFile)
                .Where(file => pattern == "*.slnx" || file.EndsWith(".sln", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).ToArray();
            if (solutions.Length == 1)
                return InSolution(solutions[0]);
            if (solutions.Length > 1)
                throw new WorkspaceLoadException(
                    $"{folder} holds several solutions: {string.Join(", ", solutions.Select(System.IO.Path.GetFileName))}. Name the one to open.");
        }

        var (projects, hasSource) = Search(folder, cancellationToken);
        if (projects.Count > 0)
            return new LoadTarget(folder, [.. projects.Order(StringComparer.Ordinal)]);
        if (hasSource)
            return new LoadTarget(folder, [], IsLooseFolder: true);
        throw new WorkspaceLoadException(
            $"{folder} holds no solution, no C# project and no C# file. Open a folder that does, or create one with 'dotnet new'.")
        {
            IsNothingThere = true,
        };
    }

    /// <summary>Looks through the folder, but not into build outputs, hidden folders, packages or links.</summary>
    private static (List<string> Projects, bool HasSource) Search(string folder, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var projects = new List<string>();
        var hasSource = false;
        var pending = new Queue<string>([folder]);
        for (var visited = 0; visited < MostFolders && pending.TryDequeue(out var next); visited++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var file in Directory.EnumerateFiles(next, "*.cs*", options))
                if (file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                    projects.Add(file);
                else
                    hasSource |= file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
            foreach (var child in Directory.EnumerateDirectories(next, "*", options))
                if (System.IO.Path.GetFileName(child) is var name && !name.StartsWith('.') && name is not ("bin" or "obj" or "node_modules"))
                    pending.Enqueue(child);
        }

        return (projects, hasSource);
    }
}
