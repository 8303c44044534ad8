using System.Collections.Immutable;

namespace QwenIde.Export;

/// <summary>How a layer mixes tokens.</summary>
public enum TokenMixer
{
    /// <summary>Gated DeltaNet: a recurrent state of constant size.</summary>
    LinearAttention,

    /// <summary>Softmax attention over all earlier tokens.</summary>
    FullAttention,
}

/// <summary>
/// The shape of a Qwen3-Next model, as its <c>config.json</c> says it. <see cref="Parse"/> reads both forms: the older with
/// <c>rope_theta</c> and <c>full_attention_interval</c>, the newer with <c>rope_parameters</c> and <c>layer_types</c>.
/// </summary>
public sealed record CheckpointConfig
{
    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Per layer, how tokens are mixed; its length is the number of layers.</summary>
    public required ImmutableArray<TokenMixer> Layers { get; init; }

    /// <summary>Rows of the embedding and of the logits, padding included.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Query heads of full attention.</summary>
    public required int AttentionHeads { get; init; }

    /// <summary>Key and value heads of full attention.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Dimensions per head of full attention.</summary>
    public required int HeadDimension { get; init; }

    /// <summary>Leading dimensions of a head that are rotated.</summary>
    public required int RotaryDimension { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>How rotary frequencies are stretched for longer contexts, or null.</summary>
    public YarnScaling? Yarn { get; init; }

    /// <summary>Longest context the checkpoint was made for, in tokens.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Query and key heads of linear attention.</summary>
    public required int LinearKeyHeads { get; init; }

    /// <summary>Value heads of linear attention; a multiple of <see cref="LinearKeyHeads"/>.</summary>
    public required int LinearValueHeads { get; init; }

    /// <summary>Dimensions of a query or key head of linear attention.</summary>
    public required int LinearKeyDimension { get; init; }

    /// <summary>Dimensions of a value head of linear attention.</summary>
    public required int LinearValueDimension { get; init; }

    /// <summary>Taps of the causal convolution before linear attention.</summary>
    public required int ConvolutionKernel { get; init; }

    /// <summary>Width of a dense feed-forward layer.</summary>
    public int IntermediateSize { get; init; }

    /// <summary>Experts per layer; 0 where all layers are dense.</summary>
    public int Experts { get; init; }

    /// <summary>Experts that a token goes through.</summary>
    public int ExpertsPerToken { get; init; }

    /// <summary>Width of an expert.</summary>
    public int ExpertIntermediateSize { get; init; }

    /// <summary>Width of the expert that every token goes through.</summary>
    public int SharedExpertIntermediateSize { get; init; }

    /// <summary>Whether the weights of the chosen experts are scaled to a sum of one.</summary>
    public bool NormalizeTopK { get; init; } = true;

    /// <summary>Layers are mixtures of experts where (index + 1) is a multiple of this.</summary>
    public int DecoderSparseStep { get; init; } = 1;

    /// <summary>Indices of layers that are dense whatever <see cref="DecoderSparseStep"/> says.</summary>
    public ImmutableArray<int> DenseLayers { get; init; } = [];

    /// <summary>Epsilon of the RMS norms. The L2 norm of linear attention has one of its own.</summary>
    public required double RmsNormEpsilon { get; init; }

    /// <summary>Whether the projections of full attention have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output layer is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Token that begins a text, or null.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that end a text.</summary>
    public ImmutableArray<int> EndTokens { get; init; } = [];

    /// <summary>Token that fills a batch, or null.</summary>
    public int? PaddingToken { get; init; }

    /// <summary>Rows and columns that share a scale in an fp8 checkpoint, or null where the checkpoint is not quantised.</summary>
    public (int Rows, int Columns)? Float8Block { get; init; }

    /// <summary>Channels of the convolution: queries, keys and values of linear attention.</summary>
    public int ConvolutionChannels => 2 * LinearKeyHeads * LinearKeyDimension + LinearValueHeads * LinearValueDimension;

    /// <summary>Whether a layer's feed-forward part is a mixture of experts.</summary>
    public bool IsMixture(int layer) =>
        Experts > 0 && (layer + 1) % DecoderSparseStep == 0 && !DenseLayers.Contains(layer);

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="json">The file's UTF-8 bytes.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ExportException">A field is missing, has an impossible value, or asks for what is not supported.</exception>
    public static CheckpointConfig Parse(ReadOnlyMemory<byte> json, string file) => ConfigParser.Parse(json, file);

    /// <summary>Reads the <c>config.json</c> of a checkpoint directory.</summary>
    /// <exception cref="ExportException">There is none, or it cannot be used.</exception>
    public static CheckpointConfig Load(string directory)
    {
        var path = Path.Combine(directory, "config.json");
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"{path} cannot be read: {exception.Message.TrimEnd('.')}; give the directory of a checkpoint in the Hugging Face layout.", exception);
        }
    }
}

/// <summary>
/// YaRN: rotary frequencies stretched by a factor, fast ones kept (Peng et al. 2023, as Hugging Face's
/// <c>rope_type: yarn</c> computes it).
/// </summary>
/// <param name="Factor">How many times longer the context becomes.</param>
/// <param name="OriginalPositions">The context length before.</param>
public sealed record YarnScaling(double Factor, int OriginalPositions)
{
    /// <summary>Rotations within the original context above which a frequency is kept.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>Rotations within the original context below which a frequency is stretched in full.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>Multiplies cosines and sines; null takes <c>0.1 ln(factor) + 1</c>.</summary>
    public double? AttentionFactor { get; init; }
}
