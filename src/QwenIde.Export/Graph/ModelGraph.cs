using System.Collections.Immutable;
using QwenIde.Export.Onnx;
using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Graph;

/// <summary>The graph of a model: embedding, layers, last norm, output layer. Weights are named here and written elsewhere.</summary>
internal sealed class ModelGraph
{
    /// <summary>The oldest set of ONNX operators that has everything we use.</summary>
    public const int Opset = 21;

    private const string LayerPrefix = "model.layers.";
    private readonly GraphContext _context;

    private ModelGraph(GraphContext context) => _context = context;

    /// <summary>Nodes, inputs and outputs.</summary>
    public GraphBuilder Nodes => _context.Graph;

    /// <summary>The weights, in the order in which the graph uses them.</summary>
    public ImmutableArray<WeightJob> Jobs => _context.Jobs;

    /// <summary>Builds the graph.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="source">The checkpoint, whose spelling of the experts decides; null takes the published one.</param>
    public static ModelGraph Build(CheckpointConfig config, ExportOptions options, ITensorSource? source)
    {
        var firstMixture = Enumerable.Range(0, config.Layers.Length).FirstOrDefault(config.IsMixture, -1);
        var fused = source is not null && firstMixture >= 0 && ExpertTensors.AreFused(source, $"{LayerPrefix}{firstMixture}.mlp.experts");
        var graph = new ModelGraph(new GraphContext(config, options, fused));
        graph.Build();
        return graph;
    }

    private void Build()
    {
        var config = _context.Config;
        var graph = _context.Graph;
        var ids = graph.Input(StateNames.InputIds, OnnxElementType.Int64, "batch_size", "sequence_length");
        var mask = graph.Input(StateNames.AttentionMask, OnnxElementType.Int64, "batch_size", "total_sequence_length");
        var positions = graph.Input(StateNames.PositionIds, OnnxElementType.Int64, "batch_size", "sequence_length");
        var logitRows = _context.Options.AllLogits ? (OnnxDimension)"sequence_length" : 1;
        graph.Output(StateNames.Logits, _context.Activation, "batch_size", logitRows, config.VocabularySize);

        var residual = Embedding(ids);
        Probe("hidden.embedding", residual);
        var fullAttention = config.Layers.Contains(TokenMixer.FullAttention)
            ? new FullAttention(_context, RotaryTables.Build(_context, positions), SequenceLengths.Build(_context, mask))
            : null;
        var linearAttention = new LinearAttention(_context);
        var feedForward = new FeedForward(_context);
        string? delta = null;
        for (var layer = 0; layer < config.Layers.Length; layer++)
        {
            var prefix = $"{LayerPrefix}{layer}";
            (var input, residual) = Norm($"{prefix}.input_layernorm", layer, residual, delta);
            if (layer > 0)
                Probe($"hidden.{layer - 1}", residual);
            delta = config.Layers[layer] == TokenMixer.FullAttention
                ? fullAttention!.Add(layer, $"{prefix}.self_attn", input)
                : linearAttention.Add(layer, $"{prefix}.linear_attn", input);
            Probe($"mixer.{layer}", delta);
            (input, residual) = Norm($"{prefix}.post_attention_layernorm", layer, residual, delta);
            delta = feedForward.Add(layer, $"{prefix}.mlp", input);
            Probe($"feed_forward.{layer}", delta);
        }

        (var last, residual) = Norm("model.norm", null, residual, delta);
        Probe($"hidden.{config.Layers.Length - 1}", residual);
        Probe("hidden.norm", last);
        Head(last);
    }

    /// <summary>
    /// The rows of the tokens. The table has 16 bits unless everything has 32: only the rows in use are read from disk, so
    /// that its size costs no memory.
    /// </summary>
    private string Embedding(string ids)
    {
        var config = _context.Config;
        const string name = "model.embed_tokens";
        var type = _context.Options.Precision == Precision.Float32 ? OnnxElementType.Float32 : OnnxElementType.Float16;
        var table = _context.Plain(name + ".weight", WeightKind.Embedding, null, EmbeddingRows, type);
        var rows = _context.Graph.Add(GraphContext.Node(name), "Gather", [table, ids], ("axis", 0L));
        return type == _context.Activation ? rows : _context.Graph.Cast(GraphContext.Node(name) + "/Cast", rows, _context.Activation);
    }

    private StackedRows EmbeddingRows => StackedRows.Of("model.embed_tokens.weight", _context.Config.VocabularySize, _context.Config.HiddenSize);

    /// <summary>Adds the last block's output to the residual stream and normalises the sum; gives both.</summary>
    private (string Normalised, string Residual) Norm(string name, int? layer, string residual, string? delta)
    {
        var config = _context.Config;
        var weight = _context.ZeroCentredNorm(name + ".weight", layer, name + ".weight", config.HiddenSize);
        var node = GraphContext.Node(name);
        if (delta is null)
            return (_context.RmsNorm(node, residual, weight, config.RmsNormEpsilon), residual);
        string[] outputs = [node + "/output_0", "", "", node + "/output_3"];
        _context.Graph.Add(
            node, GraphBuilder.Microsoft, "SkipSimplifiedLayerNormalization", [residual, delta, weight], outputs, [("epsilon", (float)config.RmsNormEpsilon)]);
        return (outputs[0], outputs[3]);
    }

    private void Head(string hidden)
    {
        var config = _context.Config;
        var graph = _context.Graph;
        const string name = "lm_head";
        if (!_context.Options.AllLogits)
            hidden = graph.Add("/lm_head/Last", "Gather", [hidden, graph.Constant(-1)], ("axis", 1L));
        var rows = config.TiedEmbeddings ? EmbeddingRows : StackedRows.Of("lm_head.weight", config.VocabularySize, config.HiddenSize);
        string logits;
        if (_context.Options.ActiveRecipe is { } recipe)
        {
            logits = _context.QuantisedProjection(name, WeightKind.Head, null, hidden, rows, recipe.Head);
        }
        else
        {
            // A tied output layer is the embedding itself, which is why this product takes the matrix as [out, in].
            var weight = config.TiedEmbeddings && _context.Options.UsesHalf == (_context.Options.Precision == Precision.Float16)
                ? "model.embed_tokens.weight"
                : _context.Plain(name + ".weight", WeightKind.Head, null, rows, _context.Activation);
            var flat = graph.Add("/lm_head/Gemm", "Gemm", [graph.Reshape("/lm_head/Flatten", hidden, -1, config.HiddenSize), weight], ("transB", 1L));
            var shape = graph.Add("/lm_head/Shape", "Shape", [hidden], ("end", 2L));
            var target = graph.Add("/lm_head/Target", "Concat", [shape, graph.Constant(config.VocabularySize)], ("axis", 0L));
            logits = graph.Add("/lm_head/Unflatten", "Reshape", [flat, target]);
        }

        graph.Add("/lm_head/Logits", "", "Identity", [logits], [StateNames.Logits], []);
    }

    private void Probe(string name, string value) =>
        _context.Probe(name, value, "batch_size", "sequence_length", _context.Config.HiddenSize);
}
