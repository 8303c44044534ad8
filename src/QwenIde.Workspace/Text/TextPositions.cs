using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Text;

/// <summary>
/// Converts between Roslyn's offsets and our positions. Editors end a line at CR LF, LF or CR; Roslyn also at U+0085, U+2028
/// and U+2029, so its line numbers are corrected where a text holds one of those.
/// </summary>
internal static class TextPositions
{
    /// <summary>The position of an offset.</summary>
    public static TextPosition ToPosition(this SourceText text, int offset)
    {
        var line = text.Lines.GetLineFromPosition(offset);
        var start = line.Start;
        var number = line.LineNumber;
        // Walk back over the breaks that only Roslyn sees: those before this line's start join it to the line above.
        for (var i = line.LineNumber - 1; i >= 0; i--)
        {
            if (!EndsForRoslynAlone(text, text.Lines[i]))
                continue;
            number--;
            if (text.Lines[i].EndIncludingLineBreak == start)
                start = text.Lines[i].Start;
        }

        return new TextPosition(number, offset - start);
    }

    /// <summary>The range of a span.</summary>
    public static TextRange ToRange(this SourceText text, TextSpan span) =>
        new(text.ToPosition(span.Start), text.ToPosition(span.End));

    /// <summary>The offset of a position; a character past the end of its line means that end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has no such line.</exception>
    public static int ToOffset(this SourceText text, TextPosition position)
    {
        var number = 0;
        var i = 0;
        for (; i < text.Lines.Count && number < position.Line; i++)
            if (!EndsForRoslynAlone(text, text.Lines[i]))
                number++;
        if (i >= text.Lines.Count || position.Line < 0 || position.Character < 0)
            throw new ArgumentOutOfRangeException(
                nameof(position), $"The text has {text.Lines.Count} lines, so line {position.Line + 1} does not exist.");

        var start = text.Lines[i].Start;
        while (EndsForRoslynAlone(text, text.Lines[i]))
            i++;
        return Math.Min(start + position.Character, text.Lines[i].End);
    }

    /// <summary>The span of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has no such place.</exception>
    public static TextSpan ToSpan(this SourceText text, TextRange range) =>
        TextSpan.FromBounds(text.ToOffset(range.Start), text.ToOffset(range.End));

    /// <summary>Applies edits measured in <paramref name="text"/>; the result keeps its encoding.</summary>
    /// <exception cref="ArgumentException">Edits overlap or leave the text.</exception>
    public static SourceText WithEdits(this SourceText text, ImmutableArray<TextEdit> edits) =>
        text.WithChanges(edits.Select(edit => new TextChange(text.ToSpan(edit.Range), edit.NewText)));

    private static bool EndsForRoslynAlone(SourceText text, TextLine line) =>
        line.EndIncludingLineBreak - line.End == 1 && text[line.End] is '\u0085' or '\u2028' or '\u2029';
}
