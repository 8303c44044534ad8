using System.Collections.Immutable;
using QwenIde.Export.Onnx;

namespace QwenIde.Export.Graph;

/// <summary>What a weight is for, as a dry run lists it.</summary>
public enum WeightKind
{
    /// <summary>The table that turns tokens into vectors.</summary>
    Embedding,

    /// <summary>Projections of full attention.</summary>
    FullAttention,

    /// <summary>Projections, convolutions and gates of linear attention.</summary>
    LinearAttention,

    /// <summary>The experts that a router chooses from.</summary>
    Experts,

    /// <summary>The experts that every token goes through, and dense feed-forward layers.</summary>
    DenseFeedForward,

    /// <summary>Routers and the gates of shared experts.</summary>
    Routers,

    /// <summary>Weights of norms.</summary>
    Norms,

    /// <summary>The output layer.</summary>
    Head,
}

/// <summary>A constant of the graph whose bytes are in a data file.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record Weight(string Name, OnnxElementType Type, ImmutableArray<long> Shape)
{
    /// <summary>Its size.</summary>
    public long Bytes => Shape.Aggregate((long)Type.Size(), (product, size) => checked(product * size));
}

/// <summary>Rows of the checkpoint and what they become: the unit in which an export writes and resumes.</summary>
/// <param name="Name">Unique in the model.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Layer">Index of its layer, or null.</param>
/// <param name="Rows">Where the numbers come from.</param>
/// <param name="Encoding">How they are stored.</param>
/// <param name="Weights">What they become: one weight, or codes and scales.</param>
internal sealed record WeightJob(
    string Name, WeightKind Kind, int? Layer, RowSource Rows, RowEncoding Encoding, ImmutableArray<Weight> Weights)
{
    /// <summary>Bytes that the job writes.</summary>
    public long Bytes => Weights.Sum(weight => weight.Bytes);
}
