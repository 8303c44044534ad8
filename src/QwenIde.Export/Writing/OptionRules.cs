namespace QwenIde.Export.Writing;

/// <summary>Which options go together, and with which models.</summary>
internal static class OptionRules
{
    // What GroupQueryAttention takes without rotary tables of its own; checked against ONNX Runtime 1.30 on processors.
    public static void Check(CheckpointConfig config, ExportOptions options)
    {
        if (options.BlockSize is not (16 or 32 or 64 or 128))
            throw new ExportException($"A block size of {options.BlockSize} is not supported; choose 32 or 128 (16 and 64 work too).");
        if (options.AccuracyLevel is not (0 or 4))
            throw new ExportException($"An accuracy level of {options.AccuracyLevel} is not supported; choose 0 (exact) or 4 (activations in 8 bits).");
        if (options.ActiveRecipe is { } recipe)
        {
            if (new[] { recipe.Experts, recipe.Projections, recipe.Head }.Any(bits => bits is not (4 or 8)))
                throw new ExportException($"The recipe {recipe} has bits other than 4 and 8.");
            if (config.Experts > 0 && config.HiddenSize % options.BlockSize != 0)
            {
                throw new ExportException(
                    $"hidden_size {config.HiddenSize} is not a multiple of the block size {options.BlockSize}, which quantised experts need; choose a smaller block, or the precision f16 or f32.");
            }
        }

        if (options.YarnFactor is < 1 or > 64)
            throw new ExportException($"A YaRN factor of {options.YarnFactor} is out of range; 1 leaves the context as it is, 64 is the largest.");
        if (options.YarnFactor > 1 && config.Yarn is not null)
            throw new ExportException("The checkpoint's config.json has a YaRN factor already; leave the option out.");
        var longest = config.MaxPositions * Math.Max(options.YarnFactor, 1);
        if (options.ContextLength is { } context && (context < 1 || context > longest))
            throw new ExportException($"A context of {context} tokens is out of range; the checkpoint has {longest:0} positions (the YaRN option stretches them).");
        if (options.MaxDataFileBytes < 1)
            throw new ExportException("The largest size of a data file must be positive.");
    }
}
