namespace QwenIde.Protocol.Tests;

public sealed class DocumentUriTests
{
    /// <summary>Paths and what VS Code calls them.</summary>
    [Theory]
    [InlineData(false, "/home/zoe/Shop/Cart.cs", "file:///home/zoe/Shop/Cart.cs")]
    [InlineData(false, "/home/Zoë/My Shop/Größe.cs", "file:///home/Zo%C3%AB/My%20Shop/Gr%C3%B6%C3%9Fe.cs")]
    [InlineData(false, "/src/C#/50%/a?b/[x]/(1)+&=@!$',;.cs", "file:///src/C%23/50%25/a%3Fb/%5Bx%5D/%281%29%2B%26%3D%40%21%24%27%2C%3B.cs")]
    [InlineData(false, "/src/\U0001F600/back\\slash.cs", "file:///src/%F0%9F%98%80/back%5Cslash.cs")]
    [InlineData(false, "/", "file:///")]
    [InlineData(false, "//twice", "file:////twice")]
    [InlineData(true, @"C:\Shop\Cart.cs", "file:///c%3A/Shop/Cart.cs")]
    [InlineData(true, @"D:\", "file:///d%3A/")]
    [InlineData(true, @"C:\My Shop\C#\Größe.cs", "file:///c%3A/My%20Shop/C%23/Gr%C3%B6%C3%9Fe.cs")]
    [InlineData(true, @"\\server\share name\Cart.cs", "file://server/share%20name/Cart.cs")]
    [InlineData(true, @"\\wsl.localhost\Ubuntu\home\zoe", "file://wsl.localhost/Ubuntu/home/zoe")]
    public void A_path_becomes_an_address_and_a_path_again(bool windows, string path, string uri)
    {
        Assert.Equal(uri, DocumentUri.FromFilePath(path, windows).Text);
        Assert.True(new DocumentUri(uri).TryGetFilePath(windows, out var back));
        Assert.Equal(path, back);
    }

    /// <summary>Other spellings that editors send.</summary>
    [Theory]
    [InlineData(true, "file:///C:/Shop/Cart.cs", @"C:\Shop\Cart.cs")]
    [InlineData(true, "file:///c:/Shop/Cart.cs", @"C:\Shop\Cart.cs")]
    [InlineData(true, "file:///c%3a/My%20Shop", @"C:\My Shop")]
    [InlineData(true, "file://localhost/c:/Shop", @"C:\Shop")]
    [InlineData(true, "FILE:///c:/Shop", @"C:\Shop")]
    [InlineData(true, "file://SERVER/share/a.cs", @"\\SERVER\share\a.cs")]
    [InlineData(false, "file:///home/Zoë/Größe (1).cs", "/home/Zoë/Größe (1).cs")]
    [InlineData(false, "file://localhost/home/a.cs", "/home/a.cs")]
    [InlineData(false, "file:///src/C%23/a.cs#L12,5", "/src/C#/a.cs")]
    [InlineData(false, "file:///src/a.cs?v=1", "/src/a.cs")]
    [InlineData(false, "file:///a+b.cs", "/a+b.cs")]
    [InlineData(false, "file:///a%2Fb.cs", "/a/b.cs")]
    public void Every_spelling_of_an_address_is_read(bool windows, string uri, string path)
    {
        Assert.True(new DocumentUri(uri).TryGetFilePath(windows, out var read));
        Assert.Equal(path, read);
    }

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("git:/home/a.cs?%7B%22ref%22%3A%22~%22%7D")]
    [InlineData("vscode-notebook-cell:/a.ipynb#W0")]
    [InlineData("https://example.com/a.cs")]
    [InlineData("/home/a.cs")]
    [InlineData("file:relative")]
    [InlineData("file://")]
    [InlineData("file:///a%00b.cs")]
    [InlineData("")]
    public void What_is_no_file_has_no_path(string uri)
    {
        Assert.False(new DocumentUri(uri).TryGetFilePath(out var path));
        Assert.Equal("", path);
    }

    [Fact]
    public void No_address_at_all_has_no_path() => Assert.False(default(DocumentUri).TryGetFilePath(out _));

    [Theory]
    [InlineData(false, "relative/a.cs")]
    [InlineData(false, "")]
    [InlineData(true, @"relative\a.cs")]
    [InlineData(true, @"\rooted\a.cs")]
    [InlineData(true, "C:relative.cs")]
    public void A_path_that_is_not_absolute_is_refused(bool windows, string path) =>
        Assert.Contains("is not an absolute path", Assert.Throws<ArgumentException>(() => DocumentUri.FromFilePath(path, windows)).Message, StringComparison.Ordinal);

    [Fact]
    public void Windows_long_paths_are_the_same_files()
    {
        Assert.Equal("file:///c%3A/Shop/a.cs", DocumentUri.FromFilePath(@"\\?\C:\Shop\a.cs", windows: true).Text);
        Assert.Equal("file://server/share/a.cs", DocumentUri.FromFilePath(@"\\?\UNC\server\share\a.cs", windows: true).Text);
    }
}
