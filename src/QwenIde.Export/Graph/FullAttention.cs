using QwenIde.Export.Onnx;

namespace QwenIde.Export.Graph;

/// <summary>Softmax attention with grouped heads, a norm per head, rotary embedding outside the operator, and an output gate.</summary>
internal sealed class FullAttention(GraphContext context, RotaryTables rotary, SequenceLengths lengths)
{
    /// <summary>Adds the block of a layer.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="prefix">Where its tensors stand in the checkpoint.</param>
    /// <param name="input">The normalised stream.</param>
    /// <returns>What is added to the stream.</returns>
    public string Add(int layer, string prefix, string input)
    {
        var config = context.Config;
        var graph = context.Graph;
        var node = GraphContext.Node(prefix);
        long queryWidth = config.AttentionHeads * config.HeadDimension;
        long keyWidth = config.KeyValueHeads * config.HeadDimension;

        // One product for queries, gates, keys and values.
        var bias = config.AttentionBias ? Fused(prefix, "bias", 1) : null;
        var product = context.Projection($"{prefix}.qkv_proj", WeightKind.FullAttention, layer, input, Fused(prefix, "weight", config.HiddenSize), bias);
        var parts = graph.Split(node + "/Split", product, queryWidth, queryWidth, keyWidth, keyWidth);
        var query = Rotate(node + "/q", HeadNorm(prefix, "q_norm", layer, parts[0], config.AttentionHeads), config.AttentionHeads);
        var key = Rotate(node + "/k", HeadNorm(prefix, "k_norm", layer, parts[2], config.KeyValueHeads), config.KeyValueHeads);

        var attended = GroupQueryAttention(layer, node, query, key, parts[3]);
        var gated = graph.Add(node + "/Gate", "Mul", [attended, graph.Add(node + "/Sigmoid", "Sigmoid", [parts[1]])]);
        var outputBias = config.AttentionBias ? Ones($"{prefix}.o_proj.bias", config.HiddenSize) : null;
        return context.Projection(
            $"{prefix}.o_proj", WeightKind.FullAttention, layer, gated, StackedRows.Of($"{prefix}.o_proj.weight", config.HiddenSize, queryWidth), outputBias);
    }

    /// <summary>Queries of all heads, gates of all heads, keys, values. In the checkpoint each head's gate follows its query.</summary>
    private StackedRows Fused(string prefix, string part, int columns)
    {
        var config = context.Config;
        long size = config.HeadDimension;
        var keyWidth = config.KeyValueHeads * size;
        var queryGate = Tensor("q_proj", 2 * config.AttentionHeads * size);
        var heads = Enumerable.Range(0, config.AttentionHeads);
        return new StackedRows(columns,
        [
            .. heads.Select(head => new RowRange(queryGate, 2 * head * size, size)),
            .. heads.Select(head => new RowRange(queryGate, (2 * head + 1) * size, size)),
            new RowRange(Tensor("k_proj", keyWidth), 0, keyWidth),
            new RowRange(Tensor("v_proj", keyWidth), 0, keyWidth),
        ]);

        ExpectedTensor Tensor(string projection, long rows) =>
            new($"{prefix}.{projection}.{part}", part == "bias" ? [rows] : [rows, columns]);
    }

    private static StackedRows Ones(string tensor, int size) => new(1, [new RowRange(new ExpectedTensor(tensor, [size]), 0, size)]);

    private string HeadNorm(string prefix, string name, int layer, string input, int heads)
    {
        var config = context.Config;
        var weight = context.ZeroCentredNorm($"{prefix}.{name}.weight", layer, $"{prefix}.{name}.weight", config.HeadDimension);
        var node = GraphContext.Node($"{prefix}.{name}");
        var perHead = context.Graph.Reshape(node + "/Heads", input, 0, 0, heads, config.HeadDimension);
        return context.Graph.Reshape(
            node + "/Flat", context.RmsNorm(node, perHead, weight, config.RmsNormEpsilon), 0, 0, (long)heads * config.HeadDimension);
    }

    /// <summary>Turns the first dimensions of each head, in 32 bits.</summary>
    private string Rotate(string node, string input, int heads)
    {
        var config = context.Config;
        var graph = context.Graph;
        var half = context.Activation == OnnxElementType.Float16;
        if (half)
            input = graph.Cast(node + "/Float", input, OnnxElementType.Float32);
        var rotated = graph.AddMicrosoft(
            node + "/Rotary", "RotaryEmbedding", [input, rotary.Rows, rotary.Cosine, rotary.Sine],
            ("num_heads", (long)heads), ("rotary_embedding_dim", config.RotaryDimension == config.HeadDimension ? 0L : config.RotaryDimension));
        return half ? graph.Cast(node + "/Half", rotated, OnnxElementType.Float16) : rotated;
    }

    private string GroupQueryAttention(int layer, string node, string query, string key, string value)
    {
        var config = context.Config;
        var graph = context.Graph;
        var (pastKey, presentKey) = Cache(layer, "key");
        var (pastValue, presentValue) = Cache(layer, "value");
        var output = node + "/GroupQueryAttention/output_0";
        graph.Add(
            node + "/GroupQueryAttention", GraphBuilder.Microsoft, "GroupQueryAttention",
            [query, key, value, pastKey, pastValue, lengths.LastKey, lengths.Total], [output, presentKey, presentValue],
            [
                ("num_heads", (long)config.AttentionHeads), ("kv_num_heads", (long)config.KeyValueHeads),
                ("scale", (float)(1 / Math.Sqrt(config.HeadDimension))), ("do_rotary", 0L),
            ]);
        return output;
    }

    private (string Past, string Present) Cache(int layer, string part)
    {
        var config = context.Config;
        OnnxDimension[] Shape(string length) => ["batch_size", config.KeyValueHeads, length, config.HeadDimension];
        var present = StateNames.Present(layer, part);
        context.Graph.Output(present, context.Activation, Shape("total_sequence_length"));
        return (context.Graph.Input(StateNames.Past(layer, part), context.Activation, Shape("past_sequence_length")), present);
    }
}
