using System.Collections.Immutable;

namespace QwenIde.Export.Synthetic;

/// <summary>Shapes of models to make up.</summary>
public static class ModelShapes
{
    /// <summary>Qwen3-Coder-Next, or as many of its first layers as are asked for.</summary>
    /// <param name="layers">Number of layers; the model has 48.</param>
    public static CheckpointConfig CoderNext(int layers = 48) => new()
    {
        HiddenSize = 2048,
        Layers = Every(4, layers),
        VocabularySize = 151_936,
        AttentionHeads = 16,
        KeyValueHeads = 2,
        HeadDimension = 256,
        RotaryDimension = 64,
        RopeTheta = 5_000_000,
        MaxPositions = 262_144,
        LinearKeyHeads = 16,
        LinearValueHeads = 32,
        LinearKeyDimension = 128,
        LinearValueDimension = 128,
        ConvolutionKernel = 4,
        IntermediateSize = 5120,
        Experts = 512,
        ExpertsPerToken = 10,
        ExpertIntermediateSize = 512,
        SharedExpertIntermediateSize = 512,
        RmsNormEpsilon = 1e-6,
        BeginToken = 151_643,
        EndTokens = [151_645, 151_643],
        PaddingToken = 151_643,
    };

    /// <summary>A model of the same kind that takes milliseconds and a few megabytes.</summary>
    /// <param name="vocabulary">Rows of the embedding.</param>
    public static CheckpointConfig Tiny(int vocabulary = 512) => CoderNext(4) with
    {
        HiddenSize = 64,
        VocabularySize = vocabulary,
        AttentionHeads = 4,
        KeyValueHeads = 2,
        HeadDimension = 32,
        RotaryDimension = 8,
        MaxPositions = 4096,
        LinearKeyHeads = 2,
        LinearValueHeads = 4,
        LinearKeyDimension = 16,
        LinearValueDimension = 16,
        IntermediateSize = 128,
        Experts = 8,
        ExpertsPerToken = 2,
        ExpertIntermediateSize = 32,
        SharedExpertIntermediateSize = 32,
        BeginToken = vocabulary - 3,
        EndTokens = [vocabulary - 1, vocabulary - 3],
        PaddingToken = vocabulary - 3,
    };

    private static ImmutableArray<TokenMixer> Every(int interval, int layers) =>
        [.. Enumerable.Range(1, layers).Select(i => i % interval == 0 ? TokenMixer.FullAttention : TokenMixer.LinearAttention)];
}
