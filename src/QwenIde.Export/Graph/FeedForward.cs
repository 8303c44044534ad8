using QwenIde.Export.Onnx;
using QwenIde.Export.Quantisation;

namespace QwenIde.Export.Graph;

/// <summary>The feed-forward part of a layer: a mixture of experts with a shared one, or a dense SwiGLU.</summary>
internal sealed class FeedForward(GraphContext context)
{
    // Inputs that exporters write for QMoE, absent ones included.
    private const int QuantisedInputs = 14;

    /// <summary>Adds the part of a layer.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="prefix">Where its tensors stand in the checkpoint.</param>
    /// <param name="input">The normalised stream.</param>
    /// <returns>What is added to the stream.</returns>
    public string Add(int layer, string prefix, string input)
    {
        var config = context.Config;
        return config.IsMixture(layer) ? Mixture(layer, prefix, input) : Dense(layer, prefix, input, config.IntermediateSize);
    }

    private string Mixture(int layer, string prefix, string input)
    {
        var config = context.Config;
        var graph = context.Graph;
        var node = GraphContext.Node(prefix);

        // The router and the gate of the shared expert in one product; neither is ever quantised.
        var rows = new StackedRows(config.HiddenSize,
        [
            new RowRange(new ExpectedTensor($"{prefix}.gate.weight", [config.Experts, config.HiddenSize]), 0, config.Experts),
            new RowRange(new ExpectedTensor($"{prefix}.shared_expert_gate.weight", [1, config.HiddenSize]), 0, 1),
        ]);
        var product = context.ExactProjection($"{prefix}.gate", WeightKind.Routers, layer, input, rows);
        var parts = graph.Split(node + "/gate/Split", product, config.Experts, 1);
        var router = graph.Reshape(node + "/gate/Logits", parts[0], -1, config.Experts);
        context.Probe($"router.{layer}", router, "tokens", config.Experts);

        var chosen = Experts(layer, prefix, input, router);
        if (!config.NormalizeTopK)
            chosen = graph.Add(node + "/experts/Unnormalised", "Mul", [chosen, ChosenShare(node, parts[0])]);
        var shared = Dense(layer, $"{prefix}.shared_expert", input, config.SharedExpertIntermediateSize);
        var gate = graph.Add(node + "/shared_expert_gate/Sigmoid", "Sigmoid", [parts[1]]);
        return graph.AddMicrosoft(node + "/Sum", "GatedAdd", [chosen, shared, gate]);
    }

    /// <summary>
    /// The probability that falls on the chosen experts. The operators scale their weights to a sum of one; where the model
    /// does not, this takes it back.
    /// </summary>
    private string ChosenShare(string node, string logits)
    {
        var graph = context.Graph;
        var half = context.Activation == OnnxElementType.Float16;
        if (half)
            logits = graph.Cast(node + "/gate/Float", logits, OnnxElementType.Float32);
        var probabilities = graph.Add(node + "/gate/Softmax", "Softmax", [logits], ("axis", -1L));
        string[] top = [node + "/gate/TopK/output_0", node + "/gate/TopK/output_1"];
        graph.Add(node + "/gate/TopK", "", "TopK", [probabilities, graph.Constant(context.Config.ExpertsPerToken)], top, [("axis", -1L)]);
        var share = graph.Add(node + "/gate/Share", "ReduceSum", [top[0], graph.Constant(-1)], ("keepdims", 1L));
        return half ? graph.Cast(node + "/gate/Half", share, OnnxElementType.Float16) : share;
    }

    private string Experts(int layer, string prefix, string input, string router)
    {
        var config = context.Config;
        var name = $"{prefix}.experts";
        var node = GraphContext.Node(name);
        var experts = new ExpertTensors(name, config.Experts, config.HiddenSize, config.ExpertIntermediateSize, context.FusedExperts);
        OnnxAttribute[] attributes =
        [
            ("k", (long)config.ExpertsPerToken), ("activation_type", "swiglu"), ("swiglu_fusion", 1L), ("activation_alpha", 1f),
            ("activation_beta", 0f), ("normalize_routing_weights", 1L),
        ];
        if (context.Options.ActiveRecipe is { } recipe)
            return QuantisedExperts(layer, node, input, router, experts, recipe.Experts, attributes);

        var type = context.Activation;
        var first = context.Plain(
            $"{name}.gate_up_proj.weight", WeightKind.Experts, layer, new InterleavedExperts(experts, experts.Width), type, experts.Count, 2L * experts.Width, experts.Hidden);
        var second = context.Plain(
            $"{name}.down_proj.weight", WeightKind.Experts, layer, Down(experts), type, experts.Count, experts.Hidden, experts.Width);
        return context.Graph.AddMicrosoft(node, "MoE", [input, router, first, "", second], attributes);
    }

    private string QuantisedExperts(
        int layer, string node, string input, string router, ExpertTensors experts, int bits, OnnxAttribute[] attributes)
    {
        // Scales in 16 bits are half as large, and the codes are chosen for them.
        var layout = new QuantisedLayout(bits, context.Options.BlockSize, OnnxElementType.Float16);
        var width = layout.Blocks(experts.Width) * layout.Block;
        long count = experts.Count;
        var (firstCodes, firstScales) = context.Quantised(
            $"{experts.Prefix}.gate_up_proj", WeightKind.Experts, layer, new InterleavedExperts(experts, width), layout,
            [count, 2 * width, layout.CodeBytes(experts.Hidden)], [count, 2 * width, layout.Blocks(experts.Hidden)]);
        RowSource down = width == experts.Width ? Down(experts) : new PaddedRows(Down(experts), width);
        var (secondCodes, secondScales) = context.Quantised(
            $"{experts.Prefix}.down_proj", WeightKind.Experts, layer, down, layout,
            [count, experts.Hidden, layout.CodeBytes(width)], [count, experts.Hidden, layout.Blocks(width)]);
        string[] inputs = [input, router, firstCodes, firstScales, "", secondCodes, secondScales];
        Array.Resize(ref inputs, QuantisedInputs);
        Array.Fill(inputs, "", 7, QuantisedInputs - 7);
        List<OnnxAttribute> all = [.. attributes, ("expert_weight_bits", (long)bits), ("block_size", (long)layout.Block)];
        if (context.Activation == OnnxElementType.Float16)
            all.Add(("weights_prepacked", 0L)); // on graphics processors the default is another layout
        return context.Graph.AddMicrosoft(node, "QMoE", inputs, [.. all]);
    }

    private static StackedRows Down(ExpertTensors experts) => new(experts.Width, Enumerable.Range(0, experts.Count).Select(experts.Down));

    private string Dense(int layer, string prefix, string input, int width)
    {
        var config = context.Config;
        var graph = context.Graph;
        var node = GraphContext.Node(prefix);
        var rows = new StackedRows(config.HiddenSize, [Part("gate_proj"), Part("up_proj")]);
        var parts = graph.Split(
            node + "/Split", context.Projection($"{prefix}.gate_up_proj", WeightKind.DenseFeedForward, layer, input, rows), width, width);
        var activated = graph.Add(node + "/Mul", "Mul", [context.Silu(node, parts[0]), parts[1]]);
        return context.Projection(
            $"{prefix}.down_proj", WeightKind.DenseFeedForward, layer, activated, StackedRows.Of($"{prefix}.down_proj.weight", config.HiddenSize, width));

        RowRange Part(string name) => new(new ExpectedTensor($"{prefix}.{name}.weight", [width, config.HiddenSize]), 0, width);
    }
}
