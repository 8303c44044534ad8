using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Tests.Text;

public sealed class TextPositionsTests
{
    [Theory]
    [InlineData("a\nbc", 3, 1, 1)]
    [InlineData("a\r\nbc", 4, 1, 1)]
    [InlineData("a\rbc", 3, 1, 1)]
    [InlineData("a\u2028bc", 3, 0, 3)] // a line for Roslyn, none for an editor
    [InlineData("a\n\u0085b\u2029c\nd", 7, 2, 0)]
    [InlineData("a\n\u0085b\u2029c\nd", 5, 1, 3)]
    [InlineData("😀x", 2, 0, 2)]
    public void Lines_are_counted_as_editors_do(string source, int offset, int line, int character)
    {
        var text = SourceText.From(source);
        Assert.Equal(new TextPosition(line, character), text.ToPosition(offset));
        Assert.Equal(offset, text.ToOffset(new TextPosition(line, character)));
    }

    [Fact]
    public void Every_offset_has_its_own_position()
    {
        var text = SourceText.From("a\u2028\r\n\u0085\u2029b\rc\n\u2028");
        for (var offset = 0; offset <= text.Length; offset++)
            if (offset == 0 || text[offset - 1] != '\r' || offset == text.Length || text[offset] != '\n') // inside CR LF there is no place
                Assert.Equal(offset, text.ToOffset(text.ToPosition(offset)));
    }

    [Fact]
    public void A_line_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SourceText.From("a\nb").ToOffset(new TextPosition(2, 0)));

    [Fact]
    public void A_character_past_the_end_means_the_end() =>
        Assert.Equal(1, SourceText.From("a\nb").ToOffset(new TextPosition(0, 99)));
}
