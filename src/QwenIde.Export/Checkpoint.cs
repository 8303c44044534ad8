using QwenIde.Export.Safetensors;

namespace QwenIde.Export;

/// <summary>What is exported: a configuration, tensors, and the directory from which the tokenizer's files are copied.</summary>
/// <param name="Config">The model's shape.</param>
/// <param name="Tensors">Its weights; disposed with the checkpoint.</param>
/// <param name="Directory">Where tokenizer and generation defaults are, or null if there are none.</param>
public sealed record Checkpoint(CheckpointConfig Config, ITensorSource Tensors, string? Directory) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Tensors.Dispose();
}
