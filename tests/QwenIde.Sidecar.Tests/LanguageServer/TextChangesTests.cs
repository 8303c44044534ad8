using QwenIde.Protocol.Lsp;
using QwenIde.Sidecar.LanguageServer;

namespace QwenIde.Sidecar.Tests.LanguageServer;

public sealed class TextChangesTests
{
    [Fact]
    public void A_change_without_a_place_is_the_whole_text() =>
        Assert.Equal("new", TextChanges.Apply("old", [new TextDocumentContentChangeEvent { Text = "new" }]));

    [Theory]
    [InlineData("a\r\nb\r\nc", 1, 0, 1, 1, "B", "a\r\nB\r\nc")]
    [InlineData("a\nb\nc", 0, 1, 1, 0, "", "ab\nc")]
    [InlineData("a\rb", 1, 1, 1, 1, "!", "a\rb!")]
    [InlineData("a🙂b", 0, 3, 0, 4, "c", "a🙂c")]
    [InlineData("short\nx", 0, 99, 0, 99, "!", "short!\nx")]
    [InlineData("", 0, 0, 0, 0, "x", "x")]
    [InlineData("a\n", 1, 0, 1, 0, "b", "a\nb")]
    [InlineData("a\u2028b", 0, 2, 0, 3, "c", "a\u2028c")]
    public void A_place_is_a_line_and_a_utf16_code_unit(
        string text, int startLine, int start, int endLine, int end, string insert, string expected) =>
        Assert.Equal(expected, TextChanges.Apply(text, [Change(startLine, start, endLine, end, insert)]));

    [Fact]
    public void Each_change_is_measured_in_the_text_that_the_one_before_left() =>
        Assert.Equal("xyz", TextChanges.Apply(
            "z", [Change(0, 0, 0, 0, "y"), Change(0, 0, 0, 0, "x")]));

    [Fact]
    public void A_place_outside_of_the_text_is_refused() =>
        Assert.Throws<InvalidDataException>(
            () => TextChanges.Apply("one line", [Change(3, 0, 3, 0, "x")]));

    private static TextDocumentContentChangeEvent Change(int startLine, int start, int endLine, int end, string text) => new()
    {
        Range = new LspRange(new LspPosition(startLine, start), new LspPosition(endLine, end)),
        Text = text,
    };
}
