using System.Globalization;
using System.Text;

namespace QwenIde.Sidecar.Cli;

/// <summary>Text of others made safe to print: what a terminal would obey or hide is written out.</summary>
internal static class VisibleText
{
    /// <summary>Replaces control, formatting and line-separating characters, except tabs, by <c>\u{…}</c>.</summary>
    public static string Escape(string text)
    {
        if (!NeedsEscape(text))
            return text;
        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X2}}}");
            else
                visible.Append(rune.ToString());
        }
        return visible.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsHidden(rune))
                return true;
        return false;
    }

    // Format: bidirectional overrides, zero-width characters, tags. An unpaired surrogate is enumerated as U+FFFD.
    private static bool IsHidden(Rune rune) =>
        rune.Value != '\t' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
