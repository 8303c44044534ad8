using System.Runtime.InteropServices;

namespace QwenIde.Bench.Engine.Gguf;

/// <summary>
/// A Qwen3-Next model of random weights as llama.cpp reads it (architecture <c>qwen3next</c>): matrices in Q4_0, the
/// router and what is small in single precision.
/// </summary>
internal static class GgufModel
{
    private const string Architecture = "qwen3next";
    private const int BufferBlocks = 1 << 20;

    // Standard deviation of a uniformly random nibble.
    private const double NibbleDeviation = 4.61;

    /// <summary>Writes the model.</summary>
    public static void Write(string path, ModelShape shape)
    {
        using var writer = new GgufWriter();
        AddParameters(writer, shape);
        AddTokenizer(writer, shape);
        var random = new Random(1);
        var buffer = new byte[BufferBlocks * GgufTensor.BlockBytes];
        writer.Save(path, [.. Tensors(shape)], (tensor, file) => Fill(tensor, file, random, buffer));
    }

    private static void AddParameters(GgufWriter writer, ModelShape shape)
    {
        void Add(string key, int value) => writer.Add($"{Architecture}.{key}", (uint)value);
        writer.Add("general.architecture", Architecture);
        writer.Add("general.name", "Random weights");
        writer.Add("general.quantization_version", 2u);
        Add("block_count", shape.Layers);
        Add("context_length", 262_144);
        Add("embedding_length", shape.Hidden);
        Add("feed_forward_length", 5120);
        Add("vocab_size", shape.Vocabulary);
        Add("attention.head_count", shape.Heads);
        Add("attention.head_count_kv", shape.KeyValueHeads);
        Add("attention.key_length", shape.HeadDimension);
        Add("attention.value_length", shape.HeadDimension);
        Add("rope.dimension_count", shape.RotaryDimensions);
        Add("full_attention_interval", ModelShape.FullAttentionInterval);
        Add("expert_count", shape.Experts);
        Add("expert_used_count", shape.ExpertsPerToken);
        Add("expert_feed_forward_length", shape.Intermediate);
        Add("expert_shared_feed_forward_length", shape.Intermediate);
        Add("ssm.conv_kernel", ModelShape.ConvolutionTaps);
        Add("ssm.inner_size", shape.ValueWidth);
        Add("ssm.state_size", shape.LinearHeadDimension);
        Add("ssm.group_count", shape.LinearKeyHeads);
        Add("ssm.time_step_rank", shape.LinearValueHeads);
        writer.Add($"{Architecture}.rope.freq_base", 5_000_000f);
        writer.Add($"{Architecture}.attention.layer_norm_rms_epsilon", 1e-6f);
    }

    // llama.cpp wants a tokenizer; nothing is ever tokenized. The letters of byte-level BPE come first.
    private static void AddTokenizer(GgufWriter writer, ModelShape shape)
    {
        List<string> tokens = [];
        var unprintable = 0;
        for (var value = 0; value < 256; value++)
        {
            var isPrintable = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            tokens.Add(((char)(isPrintable ? value : 256 + unprintable++)).ToString());
        }
        for (var id = tokens.Count; id < shape.Vocabulary; id++)
            tokens.Add($"token{id}");
        writer.Add("tokenizer.ggml.model", "gpt2");
        writer.Add("tokenizer.ggml.pre", "qwen2");
        writer.Add("tokenizer.ggml.tokens", tokens);
        writer.Add("tokenizer.ggml.token_type", [.. Enumerable.Repeat(1, tokens.Count)]);
        writer.Add("tokenizer.ggml.merges", ["t o"]);
        writer.Add("tokenizer.ggml.eos_token_id", (uint)tokens.Count - 1);
        writer.Add("tokenizer.ggml.padding_token_id", (uint)tokens.Count - 2);
        writer.Add("tokenizer.ggml.add_bos_token", false);
    }

    private static IEnumerable<GgufTensor> Tensors(ModelShape shape)
    {
        static GgufTensor Matrix(string name, params long[] extents) => new($"{name}.weight", GgufType.Q4, extents);
        static GgufTensor Plain(string name, params long[] extents) => new(name, GgufType.Float32, extents);
        yield return Matrix("token_embd", shape.Hidden, shape.Vocabulary);
        yield return Plain("output_norm.weight", shape.Hidden);
        yield return Matrix("output", shape.Hidden, shape.Vocabulary);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var block = $"blk.{layer}";
            yield return Plain($"{block}.attn_norm.weight", shape.Hidden);
            yield return Plain($"{block}.post_attention_norm.weight", shape.Hidden);
            if (ModelShape.IsFullAttention(layer))
            {
                yield return Matrix($"{block}.attn_q", shape.Hidden, 2 * shape.Heads * shape.HeadDimension);
                yield return Matrix($"{block}.attn_k", shape.Hidden, shape.KeyValueHeads * shape.HeadDimension);
                yield return Matrix($"{block}.attn_v", shape.Hidden, shape.KeyValueHeads * shape.HeadDimension);
                yield return Matrix($"{block}.attn_output", shape.Heads * shape.HeadDimension, shape.Hidden);
                yield return Plain($"{block}.attn_q_norm.weight", shape.HeadDimension);
                yield return Plain($"{block}.attn_k_norm.weight", shape.HeadDimension);
            }
            else
            {
                yield return Matrix($"{block}.attn_qkv", shape.Hidden, shape.ConvolutionWidth);
                yield return Matrix($"{block}.attn_gate", shape.Hidden, shape.ValueWidth);
                yield return Matrix($"{block}.ssm_ba", shape.Hidden, 2 * shape.LinearValueHeads);
                yield return Matrix($"{block}.ssm_out", shape.ValueWidth, shape.Hidden);
                yield return Plain($"{block}.ssm_conv1d.weight", ModelShape.ConvolutionTaps, shape.ConvolutionWidth);
                yield return Plain($"{block}.ssm_dt.bias", shape.LinearValueHeads);
                yield return Plain($"{block}.ssm_a", shape.LinearValueHeads);
                yield return Plain($"{block}.ssm_norm.weight", shape.LinearHeadDimension);
            }
            yield return Plain($"{block}.ffn_gate_inp.weight", shape.Hidden, shape.Experts);
            yield return Matrix($"{block}.ffn_gate_exps", shape.Hidden, shape.Intermediate, shape.Experts);
            yield return Matrix($"{block}.ffn_up_exps", shape.Hidden, shape.Intermediate, shape.Experts);
            yield return Matrix($"{block}.ffn_down_exps", shape.Intermediate, shape.Hidden, shape.Experts);
            yield return Plain($"{block}.ffn_gate_inp_shexp.weight", shape.Hidden);
            yield return Matrix($"{block}.ffn_gate_shexp", shape.Hidden, shape.Intermediate);
            yield return Matrix($"{block}.ffn_up_shexp", shape.Hidden, shape.Intermediate);
            yield return Matrix($"{block}.ffn_down_shexp", shape.Intermediate, shape.Hidden);
        }
    }

    private static void Fill(GgufTensor tensor, Stream file, Random random, byte[] buffer)
    {
        if (tensor.Type == GgufType.Float32)
        {
            file.Write(MemoryMarshal.AsBytes<float>(Plain(tensor, random)));
            return;
        }
        // Rows of unit gain, so that values stay sane from layer to layer. A nibble less 8 is −½ on average, which would add
        // up to one direction that drowns all others, and every token would choose the same experts: half of the scales
        // are negative.
        const ushort sign = 0x8000;
        var scale = BitConverter.HalfToUInt16Bits((Half)(1 / (NibbleDeviation * Math.Sqrt(tensor.Extents[0]))));
        for (var left = tensor.Bytes; left > 0;)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            random.NextBytes(part);
            for (var at = 0; at < part.Length; at += GgufTensor.BlockBytes)
                MemoryMarshal.Write(part[at..], (ushort)(scale | (MemoryMarshal.Read<ushort>(part[at..]) & sign)));
            file.Write(part);
            left -= part.Length;
        }
    }

    private static float[] Plain(GgufTensor tensor, Random random)
    {
        var values = new float[tensor.Elements];
        if (tensor.Name.Contains("norm.", StringComparison.Ordinal))
        {
            Array.Fill(values, 1);
            return values;
        }
        // Decay rates are negative: the file holds −exp(A_log).
        var (low, high) = tensor.Name.EndsWith("ssm_a", StringComparison.Ordinal) ? (-4.0, -0.1) : (-1.0, 1.0);
        var gain = tensor.Extents.Length > 1 ? 1 / Math.Sqrt(tensor.Extents[0] / 3.0) : 1;
        for (var index = 0; index < values.Length; index++)
            values[index] = (float)(gain * (low + (high - low) * random.NextDouble()));
        return values;
    }
}
