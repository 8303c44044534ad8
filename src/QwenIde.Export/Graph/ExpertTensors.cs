using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Graph;

/// <summary>
/// Where the experts of a layer stand in the checkpoint: one tensor per expert and matrix, or, as newer files have it, one
/// per matrix for all experts with gate and up rows in the same tensor.
/// </summary>
internal sealed record ExpertTensors(string Prefix, int Count, int Hidden, int Width, bool Fused)
{
    /// <summary>Whether a checkpoint holds all experts of a layer in one tensor.</summary>
    public static bool AreFused(ITensorSource source, string prefix) => source.Find(FusedGateUp(prefix)) is not null;

    /// <summary>Rows of an expert's gate, <c>[width, hidden]</c>.</summary>
    public RowRange Gate(int expert) => Fused
        ? new RowRange(GateUp, (long)expert * 2 * Width, Width)
        : new RowRange(new ExpectedTensor($"{Prefix}.{expert}.gate_proj.weight", [Width, Hidden]), 0, Width);

    /// <summary>Rows that an expert's gate multiplies, <c>[width, hidden]</c>.</summary>
    public RowRange Up(int expert) => Fused
        ? new RowRange(GateUp, ((long)expert * 2 + 1) * Width, Width)
        : new RowRange(new ExpectedTensor($"{Prefix}.{expert}.up_proj.weight", [Width, Hidden]), 0, Width);

    /// <summary>Rows of an expert's output, <c>[hidden, width]</c>.</summary>
    public RowRange Down(int expert) => Fused
        ? new RowRange(new ExpectedTensor($"{Prefix}.down_proj", [Count, Hidden, Width]), (long)expert * Hidden, Hidden)
        : new RowRange(new ExpectedTensor($"{Prefix}.{expert}.down_proj.weight", [Hidden, Width]), 0, Hidden);

    private ExpectedTensor GateUp => new(FusedGateUp(Prefix), [Count, 2 * Width, Hidden]);

    private static string FusedGateUp(string prefix) => $"{prefix}.gate_up_proj";
}
