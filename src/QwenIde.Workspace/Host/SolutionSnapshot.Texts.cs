using System.Collections.Immutable;
using QwenIde.Workspace.Repairs;
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

    /// <summary>The change set that turns the texts of this snapshot into those of a later one.</summary>
    public Task<ChangeSet> ChangesToAsync(SolutionSnapshot later, CancellationToken cancellationToken) =>
        ChangeSets.BetweenAsync(Solution, later.Solution, Version, cancellationToken);
}

/// <summary>A file's whole text before and after a change.</summary>
public sealed record FileChange(string Path, string Before, string After);
