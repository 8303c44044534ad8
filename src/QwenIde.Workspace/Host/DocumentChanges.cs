using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Loading;
using QwenIde.Workspace.Loading.Building;

namespace QwenIde.Workspace;

/// <summary>Brings a solution in line with files and buffers; what does not differ stays the very same.</summary>
internal static class DocumentChanges
{
    /// <summary>Gives a file another text in every project that holds it.</summary>
    public static Solution WithText(this Solution solution, string path, SourceText text)
    {
        foreach (var id in solution.GetDocumentIdsWithFilePath(path))
        {
            if (solution.GetDocument(id) is not { } document)
                continue;
            var old = document.GetTextAsync(CancellationToken.None).GetAwaiter().GetResult(); // in memory, so it does not wait
            if (!old.ContentEquals(text))
                solution = solution.WithDocumentText(id, Changed(old, text));
        }

        return solution;
    }

    /// <summary>Takes a file, or everything below a folder, out of the solution.</summary>
    public static Solution WithoutPath(this Solution solution, string path)
    {
        var below = path + Path.DirectorySeparatorChar;
        var ids = solution.GetDocumentIdsWithFilePath(path)
            .Concat(solution.Projects.SelectMany(project => project.Documents)
                .Where(document => document.FilePath?.StartsWith(below, PathNames.Comparison) == true)
                .Select(document => document.Id))
            .Where(id => solution.GetDocument(id) is not null)
            .Distinct();
        foreach (var id in ids.ToArray())
            solution = solution.RemoveDocument(id);
        return solution;
    }

    /// <summary>Adds a file to every project that compiles it and does not hold it yet.</summary>
    public static Solution WithFile(this Solution solution, string path, SourceText text, LoadedModel model, LoadContext context)
    {
        foreach (var (description, _, _) in model.Projects)
        {
            var id = context.Ids.Project(description.Path);
            if (solution.GetProject(id) is not { } project || !description.Compile.Includes(path)
                || project.Documents.Any(document => PathNames.Comparer.Equals(document.FilePath, path)))
                continue;
            solution = solution.AddDocument(ProjectBuilder.Document(context.Ids, id, description, path, text));
        }

        return solution;
    }

    /// <summary>The new text as a change of the old, so that the parser can reuse the tree around it.</summary>
    private static SourceText Changed(SourceText old, SourceText fresh)
    {
        var shared = Math.Min(old.Length, fresh.Length);
        var head = 0;
        while (head < shared && old[head] == fresh[head])
            head++;
        var tail = 0;
        while (tail < shared - head && old[old.Length - tail - 1] == fresh[fresh.Length - tail - 1])
            tail++;
        return old.WithChanges(new TextChange(
            TextSpan.FromBounds(head, old.Length - tail), fresh.ToString(TextSpan.FromBounds(head, fresh.Length - tail))));
    }
}
