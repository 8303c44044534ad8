namespace QwenIde.Export.Graph;

/// <summary>Names of inputs and outputs, as ONNX Runtime GenAI has them. Layer indices are absolute.</summary>
internal static class StateNames
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string PositionIds = "position_ids";
    public const string Logits = "logits";

    public static string Past(int layer, string part) => $"past_key_values.{layer}.{part}";

    public static string Present(int layer, string part) => $"present.{layer}.{part}";
}
