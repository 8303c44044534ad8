using System.Text.Json;
using System.Text.Json.Nodes;
using QwenIde.Export.Graph;

namespace QwenIde.Export.Writing;

/// <summary><c>genai_config.json</c>: what ONNX Runtime GenAI and our own loader read first.</summary>
internal static class GenAiConfig
{
    public const string FileName = "genai_config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file's text.</summary>
    /// <param name="plan">The export.</param>
    /// <param name="generation">The checkpoint's <c>generation_config.json</c>, or null.</param>
    public static string Write(ExportPlan plan, GenerationDefaults generation)
    {
        var config = plan.Config;
        var ends = generation.EndTokens.IsDefaultOrEmpty ? config.EndTokens : generation.EndTokens;
        var full = config.Layers.Contains(TokenMixer.FullAttention);
        var model = new JsonObject
        {
            ["bos_token_id"] = config.BeginToken,
            ["eos_token_id"] = ends.Length == 1 ? ends[0] : new JsonArray([.. ends.Select(end => (JsonNode)end)]),
            ["pad_token_id"] = config.PaddingToken ?? ends.FirstOrDefault(),
            ["context_length"] = plan.ContextLength,
            ["vocab_size"] = config.VocabularySize,
            ["type"] = plan.Options.DecoderType,
            ["decoder"] = new JsonObject
            {
                ["filename"] = ExportPlan.ModelFileName,
                ["head_size"] = config.HeadDimension,
                ["hidden_size"] = config.HiddenSize,
                ["num_attention_heads"] = config.AttentionHeads,
                ["num_key_value_heads"] = config.KeyValueHeads,
                ["num_hidden_layers"] = config.Layers.Length,
                ["session_options"] = new JsonObject { ["log_id"] = "onnxruntime-genai", ["provider_options"] = new JsonArray() },
                ["inputs"] = new JsonObject
                {
                    ["input_ids"] = StateNames.InputIds,
                    ["attention_mask"] = StateNames.AttentionMask,
                    ["position_ids"] = StateNames.PositionIds,
                    ["past_key_names"] = "past_key_values.%d.key",
                    ["past_value_names"] = "past_key_values.%d.value",
                },
                ["outputs"] = new JsonObject
                {
                    ["logits"] = StateNames.Logits,
                    ["present_key_names"] = "present.%d.key",
                    ["present_value_names"] = "present.%d.value",
                },
            },
        };
        if (config.BeginToken is null)
            model.Remove("bos_token_id");
        var search = new JsonObject
        {
            ["diversity_penalty"] = 0.0,
            ["do_sample"] = generation.Sample,
            ["early_stopping"] = true,
            ["length_penalty"] = 1.0,
            ["max_length"] = plan.ContextLength,
            ["min_length"] = 0,
            ["no_repeat_ngram_size"] = 0,
            ["num_beams"] = 1,
            ["num_return_sequences"] = 1,
            ["past_present_share_buffer"] = full && AttentionForms.SharesBuffers(config),
            ["repetition_penalty"] = generation.RepetitionPenalty,
            ["temperature"] = generation.Temperature,
            ["top_k"] = generation.TopK,
            ["top_p"] = generation.TopP,
        };
        return new JsonObject { ["model"] = model, ["search"] = search }.ToJsonString(Indented) + "\n";
    }
}
