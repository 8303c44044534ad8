namespace QwenIde.Qwen.Prompting;

/// <summary>The spellings of the added tokens that prompts are built of. Their ids are the tokenizer's to say.</summary>
public static class ControlTokens
{
    /// <summary>Begins a turn; the role follows.</summary>
    public const string TurnStart = "<|im_start|>";

    /// <summary>Ends a turn: the model's own end of text.</summary>
    public const string TurnEnd = "<|im_end|>";

    /// <summary>Ends a text that is no conversation; padding.</summary>
    public const string EndOfText = "<|endoftext|>";

    /// <summary>Opens a tool call.</summary>
    public const string ToolCallStart = "<tool_call>";

    /// <summary>Closes a tool call.</summary>
    public const string ToolCallEnd = "</tool_call>";

    /// <summary>Opens the result of a tool.</summary>
    public const string ToolResponseStart = "<tool_response>";

    /// <summary>Closes the result of a tool.</summary>
    public const string ToolResponseEnd = "</tool_response>";

    /// <summary>Before the text ahead of the gap that is to be filled.</summary>
    public const string FillPrefix = "<|fim_prefix|>";

    /// <summary>Before the text behind the gap.</summary>
    public const string FillSuffix = "<|fim_suffix|>";

    /// <summary>Where the model writes what belongs into the gap.</summary>
    public const string FillMiddle = "<|fim_middle|>";

    /// <summary>Padding of texts with gaps.</summary>
    public const string FillPadding = "<|fim_pad|>";

    /// <summary>Before the name of a repository.</summary>
    public const string RepositoryName = "<|repo_name|>";

    /// <summary>Before the path of a file of that repository.</summary>
    public const string FileSeparator = "<|file_sep|>";

    /// <summary>Those that stand in the literals of the chat templates.</summary>
    internal static IReadOnlyList<string> OfTemplates { get; } =
        [TurnStart, TurnEnd, ToolCallStart, ToolCallEnd, ToolResponseStart, ToolResponseEnd];
}
