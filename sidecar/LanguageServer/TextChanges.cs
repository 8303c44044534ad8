using System.Text;
using QwenIde.Protocol.Lsp;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Keeps a text in step with an editor's.</summary>
internal static class TextChanges
{
    /// <summary>Applies changes one after another, each measured in the text that the one before left.</summary>
    /// <exception cref="InvalidDataException">A place lies outside of the text: the two have diverged.</exception>
    public static string Apply(string text, IEnumerable<TextDocumentContentChangeEvent> changes)
    {
        foreach (TextDocumentContentChangeEvent change in changes)
        {
            if (change.Range is not { } range)
            {
                text = change.Text;
                continue;
            }
            var from = OffsetOf(text, range.Start);
            var to = OffsetOf(text, range.End);
            if (to < from)
                throw new InvalidDataException("a change ends before it begins");
            text = new StringBuilder(text.Length + change.Text.Length)
                .Append(text, 0, from).Append(change.Text).Append(text, to, text.Length - to).ToString();
        }
        return text;
    }

    // The protocol's line ends are LF, CR LF and CR; a character past the end of a line means that end.
    private static int OffsetOf(string text, LspPosition position)
    {
        var at = 0;
        for (var number = 0; number < position.Line; number++)
        {
            var end = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (end < 0)
                throw new InvalidDataException($"the text has no line {position.Line + 1}");
            at += end + (text[at + end] == '\r' && at + end + 1 < text.Length && text[at + end + 1] == '\n' ? 2 : 1);
        }
        var rest = text.AsSpan(at).IndexOfAny('\r', '\n');
        var length = rest < 0 ? text.Length - at : rest;
        return at + Math.Clamp(position.Character, 0, length);
    }
}
