namespace QwenIde.Bench.Engine;

/// <summary>The shape of a Qwen3-Next model; the defaults are those of a layer of Qwen3-Coder-Next.</summary>
/// <param name="Name">For files.</param>
/// <param name="Layers">How many; a multiple of four, of which every fourth is full attention.</param>
internal sealed record ModelShape(string Name, int Layers)
{
    /// <summary>Four layers of the true shape.</summary>
    public static ModelShape True { get; } = new("true-4-layers", 4);

    /// <summary>A small one, to see that everything works; its figures mean nothing.</summary>
    public static ModelShape Quick { get; } = new("quick", 4)
    {
        Hidden = 256,
        Vocabulary = 4096,
        Experts = 32,
        ExpertsPerToken = 4,
        Intermediate = 128,
        Heads = 4,
        HeadDimension = 64,
        RotaryDimensions = 32,
        LinearKeyHeads = 4,
        LinearValueHeads = 8,
        LinearHeadDimension = 64,
    };

    public int Hidden { get; init; } = 2048;
    public int Vocabulary { get; init; } = 151_936;
    public int Experts { get; init; } = 512;
    public int ExpertsPerToken { get; init; } = 10;

    /// <summary>Width of an expert, and of the shared expert.</summary>
    public int Intermediate { get; init; } = 512;
    public int Heads { get; init; } = 16;
    public int KeyValueHeads { get; init; } = 2;
    public int HeadDimension { get; init; } = 256;
    public int RotaryDimensions { get; init; } = 64;
    public int LinearKeyHeads { get; init; } = 16;
    public int LinearValueHeads { get; init; } = 32;

    /// <summary>Of keys and of values.</summary>
    public int LinearHeadDimension { get; init; } = 128;

    public int KeyWidth => LinearKeyHeads * LinearHeadDimension;
    public int ValueWidth => LinearValueHeads * LinearHeadDimension;

    /// <summary>Channels of the convolution: queries, keys and values.</summary>
    public int ConvolutionWidth => 2 * KeyWidth + ValueWidth;

    public const int ConvolutionTaps = 4;
    public const int FullAttentionInterval = 4;

    /// <summary>Whether a layer, counted from zero, is full attention rather than Gated DeltaNet.</summary>
    public static bool IsFullAttention(int layer) => (layer + 1) % FullAttentionInterval == 0;
}
