using QwenIde.Qwen.Tests.Support;
using QwenIde.Qwen.Tokenization;

namespace QwenIde.Qwen.Tests.Tokenization;

/// <summary>The ids of other implementations, and the texts where .NET's own means go wrong.</summary>
public sealed class TokenizerGoldenTests
{
    private static readonly QwenTokenizer _tokenizer = TestTokenizers.Qwen;

    public static TheoryData<string, int[]> Goldens =>
    [
        .. TestData.Json("tokenizer", "goldens.json").EnumerateArray().Select(golden => new TheoryDataRow<string, int[]>(
            golden.GetProperty("text").GetString()!, [.. golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())])),
    ];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Golden_texts_have_their_ids_and_come_back(string text, int[] ids)
    {
        Assert.Equal(ids, _tokenizer.Encode(text));
        Assert.Equal(ids.Length, _tokenizer.Count(text));
        Assert.Equal(text, _tokenizer.Decode(ids));
    }

    [Theory]
    [InlineData("\U00020BB7\n \n", new[] { 150152, 26809 })]
    [InlineData("\U00020BB7's", new[] { 150152, 594 })]
    [InlineData("(\U00020BB7\n\t\n", new[] { 7, 150152, 17642 })]
    public void Letters_beyond_the_basic_plane_are_letters(string text, int[] ids) => Assert.Equal(ids, _tokenizer.Encode(text));

    [Fact]
    public void Decomposed_text_is_composed_first() => Assert.Equal([963], _tokenizer.Encode("e\u0301"));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        foreach (var text in new[] { "a\uD83D", "a\uDE80", "a\uD83Db", "\uDE80\uD83D" })
            Assert.Equal(_tokenizer.Encode(text.Replace('\uD83D', '\uFFFD').Replace('\uDE80', '\uFFFD')), _tokenizer.Encode(text));
    }

    [Fact]
    public void The_vocabulary_is_Qwen3_Coders()
    {
        Assert.Equal(151_669, _tokenizer.VocabularySize);
        Assert.Equal(26, _tokenizer.AddedTokens.Count);
        Assert.Equal(151645, _tokenizer.AddedIdOf("<|im_end|>"));
        Assert.Equal("<tool_call>"u8, _tokenizer.BytesOf(151657));
        Assert.Equal("</"u8, _tokenizer.BytesOf(_tokenizer.Encode("</")[0]));
        Assert.True(_tokenizer.IsSpecial(151645));
        Assert.True(_tokenizer.IsAdded(151657));
        Assert.False(_tokenizer.IsSpecial(151657));
        Assert.False(_tokenizer.IsAdded(0));
        Assert.False(_tokenizer.TryGetAddedId("<|no_such|>", out _));
        Assert.Contains("'<|no_such|>'", Assert.Throws<ArgumentException>(() => _tokenizer.AddedIdOf("<|no_such|>")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _tokenizer.BytesOf(151_669).Length);
    }
}
