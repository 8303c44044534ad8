using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace;

public sealed partial class SolutionSnapshot
{
    /// <summary>The whole texts of the files that a change set touches, before and after it.</summary>
    /// <exception cref="StaleChangeSetException">The set was made for another version.</exception>
    /// <exception cref="ArgumentException">An edit names a file that is not in the solution, or leaves its text.</exception>
    public async Task<ImmutableArray<FileChange>> PreviewAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        if (changes.SnapshotVersion != Version)
            throw new StaleChangeSetException(changes.SnapshotVersion, Version);
        var previews = ImmutableArray.CreateBuilder<FileChange>(changes.Files.Length);
        foreach (var file in changes.Files)
        {
            var id = Solution.GetDocumentIdsWithFilePath(file.Path).FirstOrDefault()
                ?? throw new ArgumentException($"{file.Path} is not a source file of the open solution.", nameof(changes));
            var text = await Solution.GetDocument(id)!.GetTextAsync(cancellationToken);
            previews.Add(new FileChange(file.Path, text.ToString(), text.WithEdits(file.Edits).ToString()));
        }

        return previews.MoveToImmutable();
    }

    /// <summary>The change set that turns the texts of <paramref name="paths"/> in this snapshot into those of a later one;
    /// in each file one edit, from the first character that differs to the last.</summary>
    public async Task<ChangeSet> ChangesToAsync(
        SolutionSnapshot later, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<FileEdit>();
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (Solution.GetDocumentIdsWithFilePath(path) is not [var before, ..]
                || later.Solution.GetDocumentIdsWithFilePath(path) is not [var after, ..])
                continue;
            var oldText = await Solution.GetDocument(before)!.GetTextAsync(cancellationToken);
            var newText = await later.Solution.GetDocument(after)!.GetTextAsync(cancellationToken);
            if (Difference(oldText, newText) is { } edit)
                files.Add(new FileEdit(path, [edit]));
        }

        return new ChangeSet(Version, files.ToImmutable());
    }

    private static TextEdit? Difference(SourceText oldText, SourceText newText)
    {
        var shorter = Math.Min(oldText.Length, newText.Length);
        var start = 0;
        while (start < shorter && oldText[start] == newText[start])
            start++;
        var tail = 0;
        while (tail < shorter - start && oldText[oldText.Length - 1 - tail] == newText[newText.Length - 1 - tail])
            tail++;
        if (start == oldText.Length && start == newText.Length)
            return null;
        // A carriage return stays with its line feed: a position between the two does not exist.
        if (start > 0 && oldText[start - 1] == '\r')
            start--;
        if (tail > 0 && oldText[oldText.Length - tail] == '\n')
            tail--;
        var span = TextSpan.FromBounds(start, oldText.Length - tail);
        return new TextEdit(
            oldText.ToRange(span), newText.ToString(TextSpan.FromBounds(start, newText.Length - tail)));
    }
}

/// <summary>A file's whole text before and after a change.</summary>
public sealed record FileChange(string Path, string Before, string After);
