using System.Text;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Tests.Text;

public sealed class TextDecodingTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes("class Ä { }\n") },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. "class Ä { }\r\n"u8] },
        { "UTF-16 little-endian", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("class Ä { }")] },
        { "UTF-16 big-endian", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("class Ä { }")] },
        { "UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("class Ä { }")] },
        { "Latin-1", Encoding.Latin1.GetBytes("// für Größe\r\nclass A { }\n") },
        { "cut in the middle of a character", [.. "class A { } // "u8, 0xC3] },
        { "mixed line endings, no last one", Encoding.UTF8.GetBytes("a\r\nb\nc\rd") },
        { "empty", [] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Bytes_come_back_as_they_were(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        Assert.True(TextDecoding.TryEncode(TextDecoding.Decode(bytes), out var back, out _));
        Assert.Equal(bytes, back);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_edit_leaves_all_other_bytes(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        var text = TextDecoding.Decode(bytes);
        var edited = text.WithEdits([new TextEdit(text.ToRange(new TextSpan(text.Length, 0)), "x")]);
        Assert.True(TextDecoding.TryEncode(edited, out var back, out _));
        Assert.Equal(bytes, back[..bytes.Length]);
    }

    [Fact]
    public void A_character_that_the_encoding_lacks_is_named()
    {
        var text = TextDecoding.Decode([0xE4]);
        Assert.True(TextDecoding.IsFallback(text));
        Assert.False(TextDecoding.TryEncode(text.Replace(0, 0, "€"), out _, out var unencodable));
        Assert.Equal("€", unencodable);
    }
}
