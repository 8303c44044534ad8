using System.Globalization;
using System.Text;
using QwenIde.Sidecar.Cli;
using QwenIde.Protocol;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Conversation;

/// <summary>Markdown in which nothing that comes from files can act as markup, link or HTML.</summary>
internal static class Markdown
{
    private const string Special = @"\`*_{}[]()<>#+-.!|~&$^=:""'@/";

    /// <summary>Text of others as plain words: one line, hidden characters written out, every special one escaped.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in VisibleText.Escape(OneLine(text)))
        {
            if (Special.Contains(character))
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }

    /// <summary>Text of others as code.</summary>
    public static string Code(string text)
    {
        var shown = VisibleText.Escape(OneLine(text));
        // A fence must be longer than any run of backticks inside; the spaces keep a backtick at the edge apart from it.
        var longest = 0;
        for (int index = 0, run = 0; index < shown.Length; index++)
        {
            run = shown[index] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        var fence = new string('`', longest + 1);
        // A bar would end a table's cell even inside code.
        return longest == 0 ? $"`{shown.Replace('|', '\u00a6')}`" : $"{fence} {shown.Replace('|', '\u00a6')} {fence}";
    }

    /// <summary>A link that opens a file at a place.</summary>
    public static string Link(string label, string path, TextPosition position) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{Text(label)}]({DocumentUri.FromFilePath(path)}#L{position.Line + 1},{position.Character + 1})");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ').Trim();
}
