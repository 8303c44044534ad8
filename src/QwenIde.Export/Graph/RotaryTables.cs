using QwenIde.Export.Onnx;

namespace QwenIde.Export.Graph;

/// <summary>
/// Cosines and sines of the rotary embedding, computed in the graph from the positions: one row per token instead of one
/// per possible position, which for 262,144 positions would be 67 MB.
/// </summary>
/// <param name="Cosine">32-bit, <c>[batch * sequence, rotary / 2]</c>.</param>
/// <param name="Sine">Likewise.</param>
/// <param name="Rows">Which row belongs to which token, <c>[batch, sequence]</c>.</param>
internal sealed record RotaryTables(string Cosine, string Sine, string Rows)
{
    public static RotaryTables Build(GraphContext context, string positions)
    {
        var graph = context.Graph;
        const string node = "/model/rotary";
        var (frequencies, factor) = Frequencies(context.Config, context.Options);
        var inverse = graph.Constant("model.rotary.inverse_frequencies", OnnxElementType.Float32, [1, frequencies.Length], frequencies);
        var column = graph.Reshape(node + "/Column", graph.Cast(node + "/Float", positions, OnnxElementType.Float32), -1, 1);
        var angles = graph.Add(node + "/Angles", "Mul", [column, inverse]);
        var count = graph.Add(node + "/Count", "Size", [positions]);
        var range = graph.Add(node + "/Range", "Range", [graph.Scalar(0), count, graph.Scalar(1)]);
        var rows = graph.Add(node + "/Rows", "Reshape", [range, graph.Add(node + "/Shape", "Shape", [positions])]);
        return new RotaryTables(Scaled("Cos"), Scaled("Sin"), rows);

        string Scaled(string function)
        {
            var values = graph.Add($"{node}/{function}", function, [angles]);
            return factor == 1
                ? values
                : graph.Add($"{node}/{function}/Scaled", "Mul", [values, graph.Constant("model.rotary.attention_factor", OnnxElementType.Float32, [], [factor])]);
        }
    }

    /// <summary>The angle per position of each pair of dimensions, and the factor of cosines and sines.</summary>
    public static (float[] Frequencies, float Factor) Frequencies(CheckpointConfig config, ExportOptions options)
    {
        var pairs = config.RotaryDimension / 2;
        var plain = Enumerable.Range(0, pairs).Select(i => Math.Pow(config.RopeTheta, -2.0 * i / config.RotaryDimension)).ToArray();
        var yarn = options.YarnFactor > 1 ? new YarnScaling(options.YarnFactor, config.Yarn?.OriginalPositions ?? config.MaxPositions) : config.Yarn;
        if (yarn is null)
            return ([.. plain.Select(frequency => (float)frequency)], 1);

        // Hugging Face's _compute_yarn_parameters: pairs that turn often within the original context are kept, slow ones are
        // stretched, with a linear passage between.
        var low = Math.Max(Math.Floor(PairTurning(yarn.BetaFast)), 0);
        var high = Math.Min(Math.Ceiling(PairTurning(yarn.BetaSlow)), config.RotaryDimension - 1);
        var width = high > low ? high - low : 0.001;
        var stretched = plain.Select((frequency, i) =>
        {
            var share = Math.Clamp((i - low) / width, 0, 1);
            return (float)(frequency / yarn.Factor * share + frequency * (1 - share));
        });
        return ([.. stretched], (float)(yarn.AttentionFactor ?? 0.1 * Math.Log(yarn.Factor) + 1));

        double PairTurning(double rotations) =>
            config.RotaryDimension * Math.Log(yarn.OriginalPositions / (rotations * 2 * Math.PI)) / (2 * Math.Log(config.RopeTheta));
    }
}
