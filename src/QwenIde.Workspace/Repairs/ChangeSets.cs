using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>From two solutions to the edits between them.</summary>
internal static class ChangeSets
{
    /// <summary>The smallest edits that turn one solution's texts into the other's; a file in two projects counts once.</summary>
    /// <param name="before">The solution of the snapshot.</param>
    /// <param name="after">A fork of it.</param>
    /// <param name="snapshotVersion">The version of that snapshot.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public static async Task<ChangeSet> BetweenAsync(
        Solution before, Solution after, long snapshotVersion, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, ImmutableArray<TextEdit>>(StringComparer.Ordinal);
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            if (before.GetDocument(id) is not { FilePath: { } path } old || files.ContainsKey(path))
                continue;
            var text = await old.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var changes = await after.GetDocument(id)!.GetTextChangesAsync(old, cancellationToken).ConfigureAwait(false);
            var edits = changes
                .Select(change => Trim(text, CodeStyleOf.AroundLineBreaks(text, change)))
                .Where(change => !change.Span.IsEmpty || change.NewText!.Length > 0)
                .OrderBy(change => change.Span)
                .Select(change => new TextEdit(text.ToRange(change.Span), change.NewText!))
                .ToImmutableArray();
            if (!edits.IsEmpty)
                files.Add(path, edits);
        }
        return new ChangeSet(snapshotVersion, [.. files.Select(file => new FileEdit(file.Key, file.Value))]);
    }

    /// <summary>Leaves away what the change has in common with what it replaces, at its start and at its end.</summary>
    private static TextChange Trim(SourceText text, TextChange change)
    {
        var (old, fresh) = (text.ToString(change.Span), change.NewText ?? "");
        var shared = Math.Min(old.Length, fresh.Length);
        var head = 0;
        while (head < shared && old[head] == fresh[head])
            head++;
        var tail = 0;
        while (tail < shared - head && old[^(tail + 1)] == fresh[^(tail + 1)])
            tail++;
        // Neither a surrogate pair nor a line break may be cut in two.
        if (head > 0 && (char.IsHighSurrogate(old[head - 1]) || old[head - 1] == '\r'))
            head--;
        if (tail > 0 && (char.IsLowSurrogate(old[^tail]) || old[^tail] == '\n'))
            tail--;
        return new TextChange(
            TextSpan.FromBounds(change.Span.Start + head, change.Span.End - tail), fresh[head..(fresh.Length - tail)]);
    }
}
