using System.Collections.Immutable;
using QwenIde.Export.Onnx;
using QwenIde.Export.Quantisation;

namespace QwenIde.Export.Graph;

/// <summary>What all parts of the graph share while it is built: nodes, weights, and the two ways to multiply by a matrix.</summary>
internal sealed class GraphContext(CheckpointConfig config, ExportOptions options, bool fusedExperts)
{
    private readonly List<WeightJob> _jobs = [];

    /// <summary>The model's shape.</summary>
    public CheckpointConfig Config => config;

    /// <summary>What is asked for.</summary>
    public ExportOptions Options => options;

    /// <summary>Whether the checkpoint holds all experts of a layer in one tensor.</summary>
    public bool FusedExperts => fusedExperts;

    /// <summary>Nodes, inputs and outputs.</summary>
    public GraphBuilder Graph { get; } = new();

    /// <summary>Type of activations, states and logits.</summary>
    public OnnxElementType Activation { get; } = options.UsesHalf ? OnnxElementType.Float16 : OnnxElementType.Float32;

    /// <summary>The weights, in the order in which the graph uses them.</summary>
    public ImmutableArray<WeightJob> Jobs => [.. _jobs];

    /// <summary>A weight stored as numbers in the checkpoint's order.</summary>
    /// <param name="name">Its name in the graph, which is returned.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="layer">Index of its layer, or null.</param>
    /// <param name="rows">Where the numbers come from.</param>
    /// <param name="type">How they are stored.</param>
    /// <param name="shape">Its dimensions; none for those of the rows.</param>
    public string Plain(string name, WeightKind kind, int? layer, RowSource rows, OnnxElementType type, params ReadOnlySpan<long> shape)
    {
        ImmutableArray<long> dimensions = shape.IsEmpty ? [rows.Count, rows.Columns] : [.. shape];
        _jobs.Add(new WeightJob(name, kind, layer, rows, new RowEncoding.Plain(type), [new Weight(name, type, dimensions)]));
        return name;
    }

    /// <summary>The vector of a norm whose factor is 1 + weight; the sum is stored.</summary>
    public string ZeroCentredNorm(string name, int? layer, string tensor, int size) => Plain(
        name, WeightKind.Norms, layer, new MappedRows(StackedRows.Of(tensor, size), static weight => weight + 1), Activation, size);

    /// <summary>Multiplies by a matrix that is never quantised; <c>rows</c> is <c>[out, in]</c>.</summary>
    public string ExactProjection(string name, WeightKind kind, int layer, string input, RowSource rows)
    {
        var weight = new Weight(name + ".weight", Activation, [rows.Columns, rows.Count]);
        _jobs.Add(new WeightJob(weight.Name, kind, layer, rows, new RowEncoding.Transposed(Activation), [weight]));
        return Graph.Add(Node(name), "MatMul", [input, weight.Name]);
    }

    /// <summary>Multiplies by a matrix in the precision of the layers' projections; <c>rows</c> is <c>[out, in]</c>.</summary>
    /// <param name="name">Name of the matrix.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="layer">Index of its layer.</param>
    /// <param name="input">What is multiplied, <c>[batch, sequence, in]</c>.</param>
    /// <param name="rows">The matrix.</param>
    /// <param name="bias">Added to the product: one row per output; null where there is none.</param>
    public string Projection(string name, WeightKind kind, int layer, string input, RowSource rows, RowSource? bias = null)
    {
        var biasName = bias is null ? null : Plain(name + ".bias", kind, layer, bias, Activation, bias.Count);
        if (options.ActiveRecipe is { } recipe)
            return QuantisedProjection(name, kind, layer, input, rows, recipe.Projections, biasName);
        var product = ExactProjection(name, kind, layer, input, rows);
        return biasName is null ? product : Graph.Add(Node(name) + "/Bias", "Add", [product, biasName]);
    }

    /// <summary>Multiplies by a quantised matrix with <c>MatMulNBits</c>.</summary>
    public string QuantisedProjection(string name, WeightKind kind, int? layer, string input, RowSource rows, int bits, string? bias = null)
    {
        var layout = new QuantisedLayout(bits, options.BlockSize, Activation);
        var blocks = layout.Blocks(rows.Columns);
        var (codes, scales) = Quantised(
            name, kind, layer, rows, layout, [rows.Count, blocks, layout.BlockBytes], [rows.Count, blocks]);
        return Graph.AddMicrosoft(
            Node(name), "MatMulNBits", bias is null ? [input, codes, scales] : [input, codes, scales, "", "", bias],
            ("K", (long)rows.Columns), ("N", rows.Count), ("bits", (long)bits), ("block_size", (long)layout.Block), ("accuracy_level", (long)options.AccuracyLevel));
    }

    /// <summary>Codes and scales of a matrix; their names are returned.</summary>
    public (string Codes, string Scales) Quantised(
        string name, WeightKind kind, int? layer, RowSource rows, QuantisedLayout layout, ImmutableArray<long> codeShape, ImmutableArray<long> scaleShape)
    {
        var codes = new Weight(name + ".weight_codes", OnnxElementType.UInt8, codeShape);
        var scales = new Weight(name + ".weight_scales", layout.ScaleType, scaleShape);
        _jobs.Add(new WeightJob(name, kind, layer, rows, new RowEncoding.Quantised(layout), [codes, scales]));
        return (codes.Name, scales.Name);
    }

    /// <summary>The name of the node that a weight belongs to: <c>/model/layers.0/…</c>.</summary>
    public static string Node(string weight) => "/" + weight.Replace("layers.", "layers_", StringComparison.Ordinal).Replace('.', '/').Replace("layers_", "layers.", StringComparison.Ordinal);

    /// <summary>SiLU: <c>x * sigmoid(x)</c>.</summary>
    public string Silu(string node, string input) => Graph.Add(node + "/SiLU", "Mul", [input, Graph.Add(node + "/Sigmoid", "Sigmoid", [input])]);

    /// <summary>RMS norm over the last axis.</summary>
    public string RmsNorm(string node, string input, string weight, double epsilon) =>
        Graph.Add(node, "SimplifiedLayerNormalization", [input, weight], ("axis", -1L), ("epsilon", (float)epsilon), ("stash_type", 1L));

    /// <summary>Makes a value inside the graph an output for tests, where they are asked for.</summary>
    public void Probe(string name, string value, params ReadOnlySpan<OnnxDimension> shape)
    {
        if (!options.Probes)
            return;
        Graph.Add(name, "", "Identity", [value], [name], []);
        Graph.Output(name, Activation, shape);
    }
}
