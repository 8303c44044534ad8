namespace QwenIde.Qwen;

/// <summary>How the next token is chosen. The defaults are the model card's for Qwen3-Coder-Next.</summary>
public sealed record SamplingOptions
{
    /// <summary>Divides the logits; 0 takes the most likely token.</summary>
    public float Temperature { get; init; } = 1.0f;

    /// <summary>Only the most likely tokens; 0 keeps all.</summary>
    public int TopK { get; init; } = 40;

    /// <summary>Only the smallest set of most likely tokens whose probabilities reach this sum; 1 keeps all.</summary>
    public float TopP { get; init; } = 0.95f;

    /// <summary>Only tokens at least this likely relative to the most likely one; 0 keeps all.</summary>
    public float MinP { get; init; }

    /// <summary>Weakens the tokens that already stand in the context; 1 leaves them.</summary>
    public float RepetitionPenalty { get; init; } = 1.0f;

    /// <summary>Makes choices repeatable; null draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>The model card's defaults for Qwen3-Coder 30B and 480B.</summary>
    public static SamplingOptions Coder30B { get; } = new() { Temperature = 0.7f, TopP = 0.8f, TopK = 20, RepetitionPenalty = 1.05f };
}
