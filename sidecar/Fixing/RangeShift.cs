using System.Collections.Immutable;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Fixing;

/// <summary>Follows a stretch of text through edits.</summary>
internal static class RangeShift
{
    /// <summary>Where <paramref name="range"/> stands after <paramref name="edits"/>, which are ascending and were measured
    /// in the same text. An end that an edit swallows moves to that edit's end; what is inserted at an end stays outside.</summary>
    public static TextRange Through(TextRange range, ImmutableArray<TextEdit> edits)
    {
        TextPosition start = Through(range.Start, edits, isEnd: false);
        return new TextRange(start, range.Start == range.End ? start : Through(range.End, edits, isEnd: true));
    }

    private static TextPosition Through(TextPosition position, ImmutableArray<TextEdit> edits, bool isEnd)
    {
        // From the last to the first, so that each edit's own range still counts as it was measured.
        for (var index = edits.Length - 1; index >= 0; index--)
        {
            TextEdit edit = edits[index];
            if (edit.Range.Start > position
                || (edit.Range.Start == position && (isEnd || edit.Range.End > position)))
                continue;
            TextPosition end = EndOfNewText(edit);
            position = position >= edit.Range.End
                ? new TextPosition(
                    position.Line - edit.Range.End.Line + end.Line,
                    position.Line == edit.Range.End.Line
                        ? position.Character - edit.Range.End.Character + end.Character
                        : position.Character)
                : end;
        }
        return position;
    }

    private static TextPosition EndOfNewText(TextEdit edit)
    {
        var lines = 0;
        var lastStart = 0;
        for (var index = 0; index < edit.NewText.Length; index++)
        {
            if (edit.NewText[index] is '\n' || (edit.NewText[index] is '\r' && edit.NewText.ElementAtOrDefault(index + 1) != '\n'))
            {
                lines++;
                lastStart = index + 1;
            }
        }
        var tail = edit.NewText.Length - lastStart;
        return new TextPosition(
            edit.Range.Start.Line + lines, lines == 0 ? edit.Range.Start.Character + tail : tail);
    }
}
