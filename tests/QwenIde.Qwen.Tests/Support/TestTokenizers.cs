using QwenIde.Qwen.Tokenization;

namespace QwenIde.Qwen.Tests.Support;

/// <summary>Tokenizers for the tests.</summary>
internal static class TestTokenizers
{
    /// <summary>The real vocabulary of Qwen2.5, as an npm package carries it.</summary>
    public static string Qwen25File { get; } =
        Path.Combine(TestData.RepositoryRoot, "node_modules", "@lenml", "tokenizer-qwen2_5", "models", "tokenizer.json");

    private static readonly Lazy<QwenTokenizer> _qwen = new(() => QwenTokenizer.Load(Qwen25File).WithAddedTokens(
    [
        new AddedToken(151665, "<tool_response>"),
        new AddedToken(151666, "</tool_response>"),
        new AddedToken(151667, "<think>"),
        new AddedToken(151668, "</think>"),
    ]));

    /// <summary>Qwen3-Coder's tokenizer: the real vocabulary of Qwen2.5 and the four tokens that came after.</summary>
    public static QwenTokenizer Qwen => _qwen.Value;
}
