using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Export;

/// <summary>Reads and validates <c>config.json</c> in its two forms.</summary>
internal static class ConfigParser
{
    // Far above any model; keeps products of two within 64 bits.
    private const int LargestSize = 1 << 24;

    public static CheckpointConfig Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(new ConfigFields(document.RootElement, file));
        }
        catch (JsonException exception)
        {
            throw new ExportException($"{file} is not JSON: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private static CheckpointConfig Read(ConfigFields fields)
    {
        if (fields.Text("model_type") is { } type && type != "qwen3_next")
            throw fields.Error("model_type", $"is `{type}`; only `qwen3_next` can be exported");
        if (fields.Text("hidden_act") is { } activation && activation != "silu")
            throw fields.Error("hidden_act", $"is `{activation}`; only `silu` is known");

        var rope = fields.Object("rope_parameters") ?? fields;
        var layers = fields.Size("num_hidden_layers", 1, 4096);
        var headDimension = fields.Size("head_dim", 2, 4096);
        var experts = fields.OptionalSize("num_experts", 0, 65536) ?? 0;
        var config = new CheckpointConfig
        {
            HiddenSize = fields.Size("hidden_size", 1, LargestSize),
            Layers = Layers(fields, layers),
            VocabularySize = fields.Size("vocab_size", 1, LargestSize),
            AttentionHeads = fields.Size("num_attention_heads", 1, 65536),
            KeyValueHeads = fields.Size("num_key_value_heads", 1, 65536),
            HeadDimension = headDimension,
            RotaryDimension = RotaryDimension(rope, fields, headDimension),
            RopeTheta = rope.Number("rope_theta", 1, 1e15),
            MaxPositions = fields.Size("max_position_embeddings", 1, int.MaxValue),
            LinearKeyHeads = fields.Size("linear_num_key_heads", 1, 65536),
            LinearValueHeads = fields.Size("linear_num_value_heads", 1, 65536),
            LinearKeyDimension = fields.Size("linear_key_head_dim", 1, 65536),
            LinearValueDimension = fields.Size("linear_value_head_dim", 1, 65536),
            ConvolutionKernel = fields.Size("linear_conv_kernel_dim", 2, 256),
            IntermediateSize = fields.OptionalSize("intermediate_size", 0, LargestSize) ?? 0,
            Experts = experts,
            ExpertsPerToken = experts == 0 ? 0 : fields.Size("num_experts_per_tok", 1, experts),
            ExpertIntermediateSize = experts == 0 ? 0 : fields.Size("moe_intermediate_size", 1, LargestSize),
            SharedExpertIntermediateSize = experts == 0 ? 0 : fields.Size("shared_expert_intermediate_size", 1, LargestSize),
            NormalizeTopK = fields.Flag("norm_topk_prob") ?? true,
            DecoderSparseStep = fields.OptionalSize("decoder_sparse_step", 1, 65536) ?? 1,
            DenseLayers = fields.Integers("mlp_only_layers", 0, layers - 1) ?? [],
            RmsNormEpsilon = fields.Number("rms_norm_eps", 0, 1),
            AttentionBias = fields.Flag("attention_bias") ?? false,
            TiedEmbeddings = fields.Flag("tie_word_embeddings") ?? false,
            BeginToken = fields.OptionalSize("bos_token_id", 0, int.MaxValue),
            EndTokens = fields.Integers("eos_token_id", 0, int.MaxValue) ?? [],
            PaddingToken = fields.OptionalSize("pad_token_id", 0, int.MaxValue),
            Float8Block = Float8Block(fields),
        };
        config = config with { Yarn = Yarn(rope, fields, config.MaxPositions) };
        Check(config, fields);
        return config;
    }

    private static void Check(CheckpointConfig config, ConfigFields fields)
    {
        if (config.AttentionHeads % config.KeyValueHeads != 0)
            throw fields.Error("num_attention_heads", $"({config.AttentionHeads}) must be a multiple of num_key_value_heads ({config.KeyValueHeads})");
        if (config.LinearValueHeads % config.LinearKeyHeads != 0)
            throw fields.Error("linear_num_value_heads", $"({config.LinearValueHeads}) must be a multiple of linear_num_key_heads ({config.LinearKeyHeads})");
        if (config.IntermediateSize == 0 && Enumerable.Range(0, config.Layers.Length).Any(layer => !config.IsMixture(layer)))
            throw fields.Error("intermediate_size", "is missing, and the model has layers without experts");
    }

    private static ImmutableArray<TokenMixer> Layers(ConfigFields fields, int count)
    {
        if (fields.Texts("layer_types") is not { } types)
        {
            var interval = fields.OptionalSize("full_attention_interval", 1, 4096) ?? 4;
            return [.. Enumerable.Range(1, count).Select(i => i % interval == 0 ? TokenMixer.FullAttention : TokenMixer.LinearAttention)];
        }

        if (types.Length != count)
            throw fields.Error("layer_types", $"names {types.Length} layers, but num_hidden_layers is {count}");
        return [.. types.Select(type => type switch
        {
            "linear_attention" => TokenMixer.LinearAttention,
            "full_attention" => TokenMixer.FullAttention,
            _ => throw fields.Error("layer_types", $"holds `{type}`; known are `linear_attention` and `full_attention`"),
        })];
    }

    private static int RotaryDimension(ConfigFields rope, ConfigFields fields, int headDimension)
    {
        var factor = (rope.Has("partial_rotary_factor") ? rope : fields).OptionalNumber("partial_rotary_factor", 0, 1) ?? 0.25;
        var dimension = (int)(headDimension * factor);
        return dimension >= 2 && dimension % 2 == 0
            ? dimension
            : throw fields.Error("partial_rotary_factor", $"({factor}) of head_dim {headDimension} is {dimension} dimensions; it must be an even number above 0");
    }

    private static YarnScaling? Yarn(ConfigFields rope, ConfigFields fields, int maxPositions)
    {
        var scaling = fields.Object("rope_scaling") ?? fields.Object("rope_parameters");
        if (scaling is null || (scaling.Text("rope_type") ?? scaling.Text("type")) is not { } type || type == "default")
            return null;
        if (type != "yarn")
            throw scaling.Error("rope_type", $"is `{type}`; known are `default` and `yarn`");
        var factor = scaling.Number("factor", 1, 1024);
        var original = scaling.OptionalSize("original_max_position_embeddings", 1, int.MaxValue) ?? (int)(maxPositions / factor);
        return new YarnScaling(factor, original)
        {
            BetaFast = scaling.OptionalNumber("beta_fast", 0, 1e6) ?? 32,
            BetaSlow = scaling.OptionalNumber("beta_slow", 0, 1e6) ?? 1,
            AttentionFactor = scaling.OptionalNumber("attention_factor", 0, 1e3),
        };
    }

    private static (int Rows, int Columns)? Float8Block(ConfigFields fields)
    {
        if (fields.Object("quantization_config") is not { } quantization)
            return null;
        if (quantization.Text("quant_method") is var method && method != "fp8")
            throw quantization.Error("quant_method", $"is `{method}`; export from the unquantised or the fp8 checkpoint");
        return quantization.Integers("weight_block_size", 1, LargestSize) switch
        {
            null => (128, 128),
            [var rows, var columns] => (rows, columns),
            var sizes => throw quantization.Error("weight_block_size", $"has {sizes.Value.Length} numbers; two are expected"),
        };
    }
}
