using QwenIde.Sidecar.Conversation;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Tests.Conversation;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("<img src=x onerror=alert(1)>", @"\<img src\=x onerror\=alert\(1\)\>")]
    [InlineData("[click](command:rm)", @"\[click\]\(command\:rm\)")]
    [InlineData("a\n# heading", @"a \# heading")]
    [InlineData("http://evil", @"http\:\/\/evil")]
    [InlineData("x\u202ey", @"x\\u\{202E\}y")]
    public void Text_of_files_is_no_markup(string text, string expected) => Assert.Equal(expected, Markdown.Text(text));

    [Theory]
    [InlineData("List<int>", "`List<int>`")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("``x``", "``` ``x`` ```")]
    public void Code_cannot_end_its_own_fence(string text, string expected) => Assert.Equal(expected, Markdown.Code(text));

    [Fact]
    public void A_link_names_the_line_and_column_from_one_on() => Assert.Equal(
        @"[Größe 1\.cs](file:///tmp/Gr%C3%B6%C3%9Fe%201.cs#L12,5)",
        Markdown.Link("Größe 1.cs", "/tmp/Größe 1.cs", new TextPosition(11, 4)));

    [Fact]
    public void A_path_cannot_end_its_link() =>
        Assert.Equal("[x](file:///a%29%20%28b.cs#L1,1)", Markdown.Link("x", "/a) (b.cs", default));
}
