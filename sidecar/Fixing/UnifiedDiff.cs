using System.Collections.Immutable;
using System.Globalization;
using DiffPlex;
using DiffPlex.Model;

namespace QwenIde.Sidecar.Fixing;

/// <summary>What a line of a unified diff is.</summary>
internal enum DiffLineKind
{
    /// <summary><c>---</c> or <c>+++</c>.</summary>
    File,
    /// <summary><c>@@ … @@</c>.</summary>
    Hunk,
    /// <summary>The same on both sides.</summary>
    Context,
    /// <summary>Goes.</summary>
    Removed,
    /// <summary>Comes.</summary>
    Added,
    /// <summary><c>\ No newline at end of file</c>.</summary>
    Note,
}

/// <summary>A line of a unified diff with its sign, without its line ending.</summary>
internal readonly record struct DiffLine(DiffLineKind Kind, string Text);

/// <summary>The difference between two texts in the unified format that <c>patch</c> and <c>git apply</c> read.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Compares two texts line by line, line endings included; empty if they are the same.</summary>
    /// <param name="name">The file's name as shown; <c>/</c> between folders.</param>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    public static ImmutableArray<DiffLine> Create(string name, string before, string after)
    {
        DiffResult diff = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, SplitLines);
        if (diff.DiffBlocks.Count == 0)
            return [];
        var lines = ImmutableArray.CreateBuilder<DiffLine>();
        lines.Add(new DiffLine(DiffLineKind.File, $"--- a/{name}"));
        lines.Add(new DiffLine(DiffLineKind.File, $"+++ b/{name}"));
        var first = 0;
        while (first < diff.DiffBlocks.Count)
        {
            var last = first;
            while (last + 1 < diff.DiffBlocks.Count
                && diff.DiffBlocks[last + 1].DeleteStartA - EndA(diff.DiffBlocks[last]) <= 2 * Context)
                last++;
            AddHunk(lines, diff, first, last);
            first = last + 1;
        }
        return lines.ToImmutable();
    }

    /// <summary>The diff as one text, each line ended by a line feed.</summary>
    public static string ToText(IEnumerable<DiffLine> lines) => string.Concat(lines.Select(line => line.Text + "\n"));

    private static void AddHunk(ImmutableArray<DiffLine>.Builder lines, DiffResult diff, int first, int last)
    {
        IList<DiffBlock> blocks = diff.DiffBlocks;
        var startA = Math.Max(0, blocks[first].DeleteStartA - Context);
        var startB = blocks[first].InsertStartB - (blocks[first].DeleteStartA - startA);
        var endA = Math.Min(diff.PiecesOld.Length, EndA(blocks[last]) + Context);
        var endB = blocks[last].InsertStartB + blocks[last].InsertCountB + (endA - EndA(blocks[last]));
        lines.Add(new DiffLine(DiffLineKind.Hunk, $"@@ -{Extent(startA, endA)} +{Extent(startB, endB)} @@"));
        var at = startA;
        for (var index = first; index <= last; index++)
        {
            DiffBlock block = blocks[index];
            for (; at < block.DeleteStartA; at++)
                Add(lines, DiffLineKind.Context, ' ', diff.PiecesOld[at]);
            for (; at < EndA(block); at++)
                Add(lines, DiffLineKind.Removed, '-', diff.PiecesOld[at]);
            for (var added = 0; added < block.InsertCountB; added++)
                Add(lines, DiffLineKind.Added, '+', diff.PiecesNew[block.InsertStartB + added]);
        }
        for (; at < endA; at++)
            Add(lines, DiffLineKind.Context, ' ', diff.PiecesOld[at]);
    }

    private static void Add(ImmutableArray<DiffLine>.Builder lines, DiffLineKind kind, char sign, string piece)
    {
        // A carriage return before the line feed belongs to the line ending and is not shown.
        var text = piece.EndsWith("\r\n", StringComparison.Ordinal) ? piece[..^2] : piece.TrimEnd('\n');
        lines.Add(new DiffLine(kind, sign + text));
        if (!piece.EndsWith('\n'))
            lines.Add(new DiffLine(DiffLineKind.Note, @"\ No newline at end of file"));
    }

    private static int EndA(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    // The format counts lines from 1, and names the line before for an empty stretch.
    private static string Extent(int start, int end) => (end - start) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{start},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{start + 1}"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{start + 1},{count}"),
    };

    private static string[] SplitLines(string text)
    {
        var lines = new List<string>();
        var start = 0;
        while (start < text.Length)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }
        return [.. lines];
    }
}
