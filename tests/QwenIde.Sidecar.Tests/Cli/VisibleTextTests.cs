using QwenIde.Sidecar.Cli;

namespace QwenIde.Sidecar.Tests.Cli;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Straße 9 \t → 文字 🙂", "Straße 9 \t → 文字 🙂")]
    [InlineData("\u001b[31mred", @"\u{1B}[31mred")]
    [InlineData("\u001b]8;;http://x\u0007link", @"\u{1B}]8;;http://x\u{07}link")]
    [InlineData("\u009b31m", @"\u{9B}31m")]
    [InlineData("a\rb\nc\u2028d", @"a\u{0D}b\u{0A}c\u{2028}d")]
    [InlineData("evil\u202egpj.exe", @"evil\u{202E}gpj.exe")]
    [InlineData("zero\u200bwidth", @"zero\u{200B}width")]
    [InlineData("\U000E0041tag", @"\u{E0041}tag")]
    public void What_a_terminal_would_obey_or_hide_is_written_out(string text, string expected) =>
        Assert.Equal(expected, VisibleText.Escape(text));
}
