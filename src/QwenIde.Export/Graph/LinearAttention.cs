using QwenIde.Export.Onnx;

namespace QwenIde.Export.Graph;

/// <summary>Gated DeltaNet: a causal convolution over queries, keys and values, then a recurrence whose state is a matrix per head.</summary>
internal sealed class LinearAttention(GraphContext context)
{
    // Added to the sum of squares of a query or key; fixed, whatever the model's epsilon is.
    private const double NormEpsilon = 1e-6;

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
        long keyWidth = config.LinearKeyHeads * config.LinearKeyDimension;
        long valueWidth = config.LinearValueHeads * config.LinearValueDimension;

        var product = context.Projection($"{prefix}.in_proj_qkvz", WeightKind.LinearAttention, layer, input, FusedRows(prefix));
        var parts = graph.Split(node + "/Split", product, config.ConvolutionChannels, valueWidth);
        var mixed = graph.Split(node + "/Convolved", Convolution(layer, prefix, parts[0]), keyWidth, keyWidth, valueWidth);
        var (decay, beta) = Gates(layer, prefix, input);
        var (past, present) = State(
            layer, "recurrent_state", config.LinearValueHeads, config.LinearKeyDimension, config.LinearValueDimension);
        var output = node + "/LinearAttention/output_0";
        graph.Add(
            node + "/LinearAttention", GraphBuilder.Microsoft, "LinearAttention",
            [UnitHeads(node + "/q_norm", mixed[0]), UnitHeads(node + "/k_norm", mixed[1]), mixed[2], past, decay, beta], [output, present],
            [
                ("q_num_heads", (long)config.LinearKeyHeads), ("kv_num_heads", (long)config.LinearValueHeads), ("update_rule", "gated_delta"),
                ("scale", (float)(1 / Math.Sqrt(config.LinearKeyDimension))),
            ]);

        var norm = context.Plain(
            $"{prefix}.norm.weight", WeightKind.Norms, layer, StackedRows.Of($"{prefix}.norm.weight", config.LinearValueDimension), context.Activation, config.LinearValueDimension);
        var gated = graph.AddMicrosoft(node + "/norm", "GatedRMSNorm", [output, norm, parts[1]], ("epsilon", (float)config.RmsNormEpsilon));
        return context.Projection(
            $"{prefix}.out_proj", WeightKind.LinearAttention, layer, gated, StackedRows.Of($"{prefix}.out_proj.weight", config.HiddenSize, valueWidth));
    }

    /// <summary>
    /// Rows of all queries, all keys, all values, all output gates. In the checkpoint they are grouped: per key head its
    /// query, its key, the values and the output gates of its value heads.
    /// </summary>
    private StackedRows FusedRows(string prefix)
    {
        var config = context.Config;
        long key = config.LinearKeyDimension;
        var value = (long)config.LinearValueHeads / config.LinearKeyHeads * config.LinearValueDimension;
        var group = 2 * (key + value);
        var tensor = new ExpectedTensor($"{prefix}.in_proj_qkvz.weight", [config.LinearKeyHeads * group, config.HiddenSize]);
        return new StackedRows(config.HiddenSize, [.. Part(0, key), .. Part(key, key), .. Part(2 * key, value), .. Part(2 * key + value, value)]);

        IEnumerable<RowRange> Part(long offset, long rows) =>
            Enumerable.Range(0, config.LinearKeyHeads).Select(head => new RowRange(tensor, head * group + offset, rows));
    }

    private string Convolution(int layer, string prefix, string input)
    {
        var config = context.Config;
        var graph = context.Graph;
        var node = GraphContext.Node(prefix) + "/conv1d";
        long channels = config.ConvolutionChannels;
        var weight = context.Plain(
            $"{prefix}.conv1d.weight", WeightKind.LinearAttention, layer,
            StackedRows.Of($"{prefix}.conv1d.weight", channels, 1, config.ConvolutionKernel), context.Activation, channels, 1, config.ConvolutionKernel);
        var (past, present) = State(layer, "conv_state", channels, config.ConvolutionKernel - 1);
        var output = node + "/output_0";
        graph.Add(
            node, GraphBuilder.Microsoft, "CausalConvWithState",
            [graph.Add(node + "/ChannelsFirst", "Transpose", [input], ("perm", [0, 2, 1])), weight, "", past], [output, present],
            [("ndim", 1L), ("activation", "silu")]);
        return graph.Add(node + "/ChannelsLast", "Transpose", [output], ("perm", [0, 2, 1]));
    }

    /// <summary>Decay in log space and update rate per value head; two small exact products.</summary>
    private (string Decay, string Beta) Gates(int layer, string prefix, string input)
    {
        var config = context.Config;
        var graph = context.Graph;
        var node = GraphContext.Node(prefix) + "/gates";
        long heads = config.LinearValueHeads;
        var perKey = heads / config.LinearKeyHeads;
        var tensor = new ExpectedTensor($"{prefix}.in_proj_ba.weight", [2 * heads, config.HiddenSize]);
        var rows = new StackedRows(config.HiddenSize, [.. Part(0), .. Part(perKey)]);
        var product = context.ExactProjection($"{prefix}.in_proj_ba", WeightKind.LinearAttention, layer, input, rows);
        var parts = graph.Split(node + "/Split", product, heads, heads);
        var bias = context.Plain(
            $"{prefix}.dt_bias", WeightKind.LinearAttention, layer, StackedRows.Of($"{prefix}.dt_bias", heads), OnnxElementType.Float32, heads);
        var scale = context.Plain(
            $"{prefix}.decay_scale", WeightKind.LinearAttention, layer,
            new MappedRows(StackedRows.Of($"{prefix}.A_log", heads), static logarithm => (float)-Math.Exp(logarithm)), OnnxElementType.Float32, heads);
        string[] outputs = [node + "/output_0", node + "/output_1"];
        graph.Add(node, GraphBuilder.Microsoft, "LinearAttentionGate", [parts[1], bias, scale, parts[0]], outputs, []);
        return (outputs[0], outputs[1]);

        IEnumerable<RowRange> Part(long offset) =>
            Enumerable.Range(0, config.LinearKeyHeads).Select(head => new RowRange(tensor, 2 * head * perKey + offset, perKey));
    }

    /// <summary>
    /// Heads divided by the root of their sum of squares plus epsilon: an RMS norm with epsilon / size and the constant
    /// weight 1 / √size.
    /// </summary>
    private string UnitHeads(string node, string input)
    {
        var config = context.Config;
        long size = config.LinearKeyDimension;
        var values = new float[size];
        Array.Fill(values, (float)(1 / Math.Sqrt(size)));
        var weight = context.Graph.Constant("model.unit_head_weight", context.Activation, [size], values);
        var heads = context.Graph.Reshape(node + "/Heads", input, 0, 0, config.LinearKeyHeads, size);
        return context.Graph.Reshape(node + "/Flat", context.RmsNorm(node, heads, weight, NormEpsilon / size), 0, 0, config.LinearKeyHeads * size);
    }

    private (string Past, string Present) State(int layer, string part, params ReadOnlySpan<long> shape)
    {
        OnnxDimension[] dimensions = ["batch_size", .. shape.ToArray().Select(size => (OnnxDimension)size)];
        var present = StateNames.Present(layer, part);
        context.Graph.Output(present, context.Activation, dimensions);
        return (context.Graph.Input(StateNames.Past(layer, part), context.Activation, dimensions), present);
    }
}
