using QwenIde.Export.Onnx;

namespace QwenIde.Export.Graph;

/// <summary>Lengths that <c>GroupQueryAttention</c> takes, from the attention mask.</summary>
/// <param name="Mask">The mask, <c>[batch, total]</c>.</param>
/// <param name="LastKey">Per sequence the index of its last key, 32-bit.</param>
/// <param name="Total">Length of the mask, 32-bit, one element.</param>
internal sealed record SequenceLengths(string Mask, string LastKey, string Total)
{
    public static SequenceLengths Build(GraphContext context, string mask)
    {
        var graph = context.Graph;
        const string node = "/model/attention_mask";
        var count = graph.Add(node + "/Sum", "ReduceSum", [mask, graph.Constant(1)], ("keepdims", 0L));
        var last = graph.Add(node + "/Last", "Sub", [count, graph.Constant(1)]);
        var total = graph.Add(node + "/Length", "Shape", [mask], ("start", 1L), ("end", 2L));
        return new SequenceLengths(
            mask, graph.Cast(node + "/LastKey", last, OnnxElementType.Int32), graph.Cast(node + "/Total", total, OnnxElementType.Int32));
    }
}
