using System.Diagnostics.CodeAnalysis;

namespace QwenIde.Export;

/// <summary>How exact an exported model is.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names of the field.")]
public enum Precision
{
    /// <summary>Everything in 32 bits: the reference, four bytes per weight.</summary>
    Float32,

    /// <summary>Everything in 16 bits, for graphics processors: two bytes per weight.</summary>
    Float16,

    /// <summary>Weights in 8 bits.</summary>
    Int8,

    /// <summary>Weights in 4 bits, as <see cref="ExportOptions.Recipe"/> says.</summary>
    Int4,
}

/// <summary>
/// Bits per weight, by what the weight is for. The embedding, norms, convolutions, routers, gates of shared experts and the
/// small gates of linear attention are never quantised.
/// </summary>
/// <param name="Experts">Bits of the experts that a router chooses from: 4 or 8.</param>
/// <param name="Projections">Bits of all other matrices of the layers: 4 or 8.</param>
/// <param name="Head">Bits of the output layer: 4 or 8.</param>
public sealed record QuantisationRecipe(int Experts, int Projections, int Head)
{
    /// <summary>Eight bits everywhere.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The name of the field.")]
    public static QuantisationRecipe Int8 { get; } = new(8, 8, 8);

    /// <summary>
    /// Experts in four bits, the rest in eight: nearly the size of four bits everywhere, since experts are 97 % of the
    /// weights, at a sixth of the divergence.
    /// </summary>
    public static QuantisationRecipe Int4Experts { get; } = new(4, 8, 8);

    /// <summary>Layers in four bits, the output layer in eight.</summary>
    public static QuantisationRecipe Int4Layers { get; } = new(4, 4, 8);

    /// <summary>Four bits everywhere: the smallest and the fastest to decode.</summary>
    public static QuantisationRecipe Int4Everywhere { get; } = new(4, 4, 4);
}

/// <summary>What an export makes of a checkpoint. The defaults suit a processor with as little memory as possible.</summary>
public sealed record ExportOptions
{
    /// <summary>How exact the model is.</summary>
    public Precision Precision { get; init; } = Precision.Int4;

    /// <summary>Which weights get how many bits; of use with <see cref="Precision.Int4"/> alone.</summary>
    public QuantisationRecipe Recipe { get; init; } = QuantisationRecipe.Int4Experts;

    /// <summary>Weights that share a scale, along the input dimension: 16, 32, 64 or 128.</summary>
    public int BlockSize { get; init; } = 32;

    /// <summary>
    /// Whether activations, states and logits have 16 bits, as graphics processors want them; null takes what the precision
    /// suggests: 16 bits for <see cref="Precision.Float16"/>, 32 for all others.
    /// </summary>
    public bool? HalfActivations { get; init; }

    /// <summary>
    /// The <c>accuracy_level</c> of <c>MatMulNBits</c>: 0 computes with the activations as they are, 4 rounds them to 8 bits
    /// per block, which is faster on processors.
    /// </summary>
    public int AccuracyLevel { get; init; }

    /// <summary>Longest context in tokens that the model's configuration names; null takes the checkpoint's, times YaRN's factor.</summary>
    public int? ContextLength { get; init; }

    /// <summary>
    /// Stretches the rotary frequencies (YaRN) for contexts this many times longer than the checkpoint's; 1 leaves them.
    /// It costs some quality in short contexts.
    /// </summary>
    public double YarnFactor { get; init; } = 1;

    /// <summary>
    /// The <c>model.type</c> of <c>genai_config.json</c>. The default is the name under which ONNX Runtime GenAI knows text
    /// models with these states; <c>qwen3_next</c> is the exact name, which it refuses.
    /// </summary>
    public string DecoderType { get; init; } = "qwen3_5_moe_text";

    /// <summary>Whether logits are computed for all positions instead of the last alone.</summary>
    public bool AllLogits { get; init; }

    /// <summary>Largest size of a data file in bytes; a weight is never cut.</summary>
    public long MaxDataFileBytes { get; init; } = long.MaxValue;

    /// <summary>Whether a model that stands in the output directory already is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether what happens inside the layers becomes outputs too.</summary>
    internal bool Probes { get; init; }

    /// <summary>The recipe in force, or null where weights are not quantised.</summary>
    internal QuantisationRecipe? ActiveRecipe => Precision switch
    {
        Precision.Int4 => Recipe,
        Precision.Int8 => QuantisationRecipe.Int8,
        _ => null,
    };

    /// <summary>Whether activations have 16 bits.</summary>
    internal bool UsesHalf => HalfActivations ?? Precision == Precision.Float16;
}
