using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace;
using QwenIde.Workspace.Text;

namespace QwenIde.Bench.Measuring;

/// <summary>Between Roslyn's texts and change sets.</summary>
internal static class Texts
{
    /// <summary>The change set of one edit in one file.</summary>
    public static ChangeSet Edit(SolutionSnapshot snapshot, string path, SourceText text, TextChange change) =>
        new(snapshot.Version, [new FileEdit(path, [new TextEdit(text.ToRange(change.Span), change.NewText ?? "")])]);

    /// <summary>The change set that gives files of a snapshot new texts.</summary>
    public static async Task<ChangeSet> ReplaceAsync(
        SolutionSnapshot snapshot, IReadOnlyDictionary<string, SourceText> texts, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<FileEdit>();
        foreach (var (path, text) in texts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            SourceText old = await OfAsync(snapshot, path, cancellationToken);
            ImmutableArray<TextEdit> edits =
                [.. text.GetTextChanges(old).Select(change => new TextEdit(old.ToRange(change.Span), change.NewText ?? ""))];
            if (!edits.IsEmpty)
                files.Add(new FileEdit(path, edits));
        }
        return new ChangeSet(snapshot.Version, files.ToImmutable());
    }

    /// <summary>A file's text in a snapshot.</summary>
    public static Task<SourceText> OfAsync(SolutionSnapshot snapshot, string path, CancellationToken cancellationToken)
    {
        DocumentId id = snapshot.Solution.GetDocumentIdsWithFilePath(path)[0];
        return snapshot.Solution.GetDocument(id)!.GetTextAsync(cancellationToken);
    }
}
