using System.Collections.Immutable;

namespace QwenIde.Qwen.Prompting;

/// <summary>What a piece of a prompt is.</summary>
public enum PromptRunKind
{
    /// <summary>Text, in which no added token is looked for.</summary>
    Text,

    /// <summary>One added token, by its spelling.</summary>
    Special,

    /// <summary>Ids that are known already, as those the model generated.</summary>
    Ids,
}

/// <summary>
/// A piece of a prompt. Added tokens come from the template alone; text is encoded without looking for them, so that a file
/// which holds <c>&lt;|im_end|&gt;</c> cannot end the turn.
/// </summary>
public readonly record struct PromptRun
{
    private PromptRun(PromptRunKind kind, string text, ImmutableArray<int> ids)
    {
        Kind = kind;
        Text = text;
        Ids = ids;
    }

    /// <summary>What this is.</summary>
    public PromptRunKind Kind { get; }

    /// <summary>The text, or the added token's spelling; for ids, the text that the template would write.</summary>
    public string Text { get; }

    /// <summary>The ids; empty unless <see cref="Kind"/> is <see cref="PromptRunKind.Ids"/>.</summary>
    public ImmutableArray<int> Ids { get; }

    /// <summary>A piece of text.</summary>
    public static PromptRun OfText(string text) => new(PromptRunKind.Text, text, []);

    /// <summary>One added token.</summary>
    public static PromptRun OfSpecial(string spelling) => new(PromptRunKind.Special, spelling, []);

    /// <summary>Ids that stand for a text.</summary>
    public static PromptRun OfIds(ImmutableArray<int> ids, string text) => new(PromptRunKind.Ids, text, ids);
}
