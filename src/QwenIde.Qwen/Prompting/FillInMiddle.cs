using System.Collections.Immutable;

namespace QwenIde.Qwen.Prompting;

/// <summary>A file of the repository that is shown before the gap.</summary>
/// <param name="Path">The path inside the repository.</param>
/// <param name="Text">The text.</param>
public sealed record RepositoryFile(string Path, string Text);

/// <summary>A text with a gap, for the model to fill in.</summary>
/// <param name="Before">The text ahead of the gap.</param>
/// <param name="After">The text behind it.</param>
public sealed record FillInMiddle(string Before, string After)
{
    /// <summary>The repository's name and other files of it, most relevant last. Qwen2.5-Coder's form; none by default.</summary>
    public (string Name, ImmutableArray<RepositoryFile> Files)? Repository { get; init; }

    /// <summary>The path of the file with the gap; written only together with <see cref="Repository"/>.</summary>
    public string? Path { get; init; }

    /// <summary>The tokens that end what is filled in. Some come unasked when the model goes on to another file.</summary>
    public static ImmutableArray<string> StopTokens { get; } =
    [
        ControlTokens.FillPrefix, ControlTokens.FillSuffix, ControlTokens.FillPadding, ControlTokens.RepositoryName,
        ControlTokens.FileSeparator, ControlTokens.EndOfText, ControlTokens.TurnEnd,
    ];

    /// <summary>As plain text: <c>&lt;|fim_prefix|&gt;before&lt;|fim_suffix|&gt;after&lt;|fim_middle|&gt;</c>.</summary>
    public RenderedPrompt Render()
    {
        var prompt = new PromptBuilder();
        Write(prompt);
        return prompt.Build();
    }

    /// <summary>As the turn of a conversation, which is how instruct models take it (README of Qwen3-Coder).</summary>
    public RenderedPrompt RenderAsTurn()
    {
        var prompt = new PromptBuilder().Literal("<|im_start|>system\nYou are a code completion assistant.<|im_end|>\n");
        prompt.EndSystem();
        Write(prompt.Literal("<|im_start|>user\n"));
        prompt.Literal("<|im_end|>\n");
        prompt.EndMessage();
        return prompt.Literal("<|im_start|>assistant\n").Build();
    }

    private void Write(PromptBuilder prompt)
    {
        if (Repository is { } repository)
        {
            prompt.Special(ControlTokens.RepositoryName).Content(repository.Name).Content("\n");
            foreach (var file in repository.Files)
                prompt.Special(ControlTokens.FileSeparator).Content(file.Path).Content("\n").Content(file.Text).Content("\n");
            prompt.Special(ControlTokens.FileSeparator).Content(Path ?? string.Empty).Content("\n");
        }

        prompt.Special(ControlTokens.FillPrefix).Content(Before)
            .Special(ControlTokens.FillSuffix).Content(After)
            .Special(ControlTokens.FillMiddle);
    }
}
