using System.Text;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>An edit as an editor reports it: zero-based lines and UTF-16 code units; without a place, a whole new text.</summary>
internal readonly record struct TextChange((int Line, int Character)? Start, (int Line, int Character)? End, string Text);

/// <summary>Keeps a text in step with an editor's.</summary>
internal static class TextChanges
{
    /// <summary>Applies changes one after another, each measured in the text that the one before left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A place lies outside of the text: the two have diverged.</exception>
    public static string Apply(string text, IEnumerable<TextChange> changes)
    {
        foreach (TextChange change in changes)
        {
            if (change.Start is not { } start || change.End is not { } end)
            {
                text = change.Text;
                continue;
            }
            var from = OffsetOf(text, start.Line, start.Character);
            var to = OffsetOf(text, end.Line, end.Character);
            if (to < from)
                throw new ArgumentOutOfRangeException(nameof(changes), "A change ends before it begins.");
            text = new StringBuilder(text.Length + change.Text.Length)
                .Append(text, 0, from).Append(change.Text).Append(text, to, text.Length - to).ToString();
        }
        return text;
    }

    // The protocol's line ends are LF, CR LF and CR; a character past the end of a line means that end.
    private static int OffsetOf(string text, int line, int character)
    {
        var at = 0;
        for (var number = 0; number < line; number++)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (end < 0)
                throw new ArgumentOutOfRangeException(nameof(line), $"The text has no line {line + 1}.");
            at += end + (text[at + end] == '\r' && at + end + 1 < text.Length && text[at + end + 1] == '\n' ? 2 : 1);
        }
        var rest = text.AsSpan(at).IndexOfAny('\r', '\n');
        var length = rest < 0 ? text.Length - at : rest;
        return at + Math.Clamp(character, 0, length);
    }
}
