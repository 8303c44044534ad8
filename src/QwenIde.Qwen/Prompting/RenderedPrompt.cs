using System.Collections.Immutable;

namespace QwenIde.Qwen.Prompting;

/// <summary>A conversation as the chat template writes it, not yet encoded.</summary>
/// <remarks>
/// The ends count runs. At each of them a control token stands on one side, so that encoding up to there gives the first ids
/// of the whole: the places where a model's state can be kept.
/// </remarks>
public sealed class RenderedPrompt
{
    internal RenderedPrompt(ImmutableArray<PromptRun> runs, int systemEnd, ImmutableArray<int> messageEnds)
    {
        Runs = runs;
        SystemEnd = systemEnd;
        MessageEnds = messageEnds;
    }

    /// <summary>The pieces, in order.</summary>
    public ImmutableArray<PromptRun> Runs { get; }

    /// <summary>How many runs the first system turn has, tools included; 0 without one.</summary>
    public int SystemEnd { get; }

    /// <summary>For each message, how many runs there are up to its end.</summary>
    public ImmutableArray<int> MessageEnds { get; }

    /// <summary>The prompt as one text. Encoding this instead of the runs would let content act as control tokens.</summary>
    public string Text => string.Concat(Runs.Select(run => run.Text));
}

/// <summary>A conversation as ids.</summary>
/// <param name="Ids">What the model reads.</param>
/// <param name="SystemEnd">How many ids the first system turn has, tools included; 0 without one.</param>
/// <param name="MessageEnds">For each message, how many ids there are up to its end.</param>
public sealed record EncodedPrompt(ImmutableArray<int> Ids, int SystemEnd, ImmutableArray<int> MessageEnds);
