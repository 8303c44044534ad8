namespace QwenIde.Bench.Engine;

/// <summary>What one run measures.</summary>
/// <param name="Shape">Of the synthetic model.</param>
/// <param name="Threads">For every contender and for the bandwidth.</param>
/// <param name="Repetitions">How often each measure is taken, in turn with those of the other contenders.</param>
/// <param name="DecodedTokens">Tokens to decode after a short prompt.</param>
/// <param name="Prefills">Lengths of prompts.</param>
/// <param name="Turns">Turns of the conversation of which one is edited.</param>
/// <param name="TurnTokens">Length of each turn.</param>
/// <param name="Models">A folder for the models.</param>
/// <param name="Peer">The folder where node-llama-cpp is installed; null without it.</param>
/// <param name="Node">Node's executable.</param>
internal sealed record EngineOptions(
    ModelShape Shape,
    int Threads,
    int Repetitions,
    int DecodedTokens,
    IReadOnlyList<int> Prefills,
    int Turns,
    int TurnTokens,
    string Models,
    string? Peer,
    string Node)
{
    /// <summary>Length of the prompt before decoding.</summary>
    public const int ShortPrompt = 16;

    /// <summary>Tokens that a contender must be able to hold.</summary>
    public int Context => Math.Max(Prefills.Max(), (Turns + 1) * TurnTokens) + DecodedTokens + ShortPrompt;

    /// <summary>The true measures, or small ones to see that everything works.</summary>
    public static EngineOptions For(bool isQuick, int threads, int repetitions, string models, string? peer, string node) =>
        isQuick
            ? new(ModelShape.Quick, threads, repetitions, 16, [32, 128], 4, 32, models, peer, node)
            : new(ModelShape.True, threads, repetitions, 64, [256, 2048], 9, 256, models, peer, node);
}
