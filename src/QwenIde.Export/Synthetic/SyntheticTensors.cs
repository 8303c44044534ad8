using QwenIde.Export.Graph;
using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Synthetic;

/// <summary>
/// A checkpoint that is nowhere stored: every tensor that a configuration asks for, of random numbers made from the tensor's
/// name and a seed. For tests and benchmarks of any shape.
/// </summary>
public sealed class SyntheticTensors : ITensorSource
{
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);
    private readonly uint _seed;

    private SyntheticTensors(CheckpointConfig config, uint seed)
    {
        _seed = seed;
        Identity = $"synthetic {seed}";
        var graph = ModelGraph.Build(config, new ExportOptions { Precision = Precision.Float32 }, null);
        foreach (var tensor in graph.Jobs.SelectMany(job => job.Rows.Tensors))
            _tensors[tensor.Name] = new TensorInfo(tensor.Name, StoredType.Float32, tensor.Shape);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>A checkpoint of a shape, without a tokenizer.</summary>
    public static Checkpoint Checkpoint(CheckpointConfig config, uint seed = 1) => new(config, new SyntheticTensors(config, seed), null);

    /// <inheritdoc/>
    public TensorInfo? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Read(TensorInfo tensor, long first, Span<float> destination)
    {
        var (centre, limit) = Spread(tensor);
        HashedNumbers.Fill(HashedNumbers.Seed(tensor.Name, _seed), first, destination, limit);
        if (tensor.Name.EndsWith(".A_log", StringComparison.Ordinal))
        {
            // Decay rates from 1 to 16, as models are initialised.
            foreach (ref var number in destination)
                number = MathF.Log(8.5f + 7.5f * number);
        }
        else if (centre != 0)
        {
            foreach (ref var number in destination)
                number += centre;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Matrices keep the size of what they multiply; norms are near one.</summary>
    private static (float Centre, float Limit) Spread(TensorInfo tensor)
    {
        if (tensor.Name.EndsWith(".linear_attn.norm.weight", StringComparison.Ordinal))
            return (1, 0.1f);
        if (tensor.Name.EndsWith("norm.weight", StringComparison.Ordinal))
            return (0, 0.1f);
        return tensor.Shape.Length > 1 && !tensor.Name.Contains("embed_tokens", StringComparison.Ordinal)
            ? (0, MathF.Sqrt(3f / tensor.Shape[^1]))
            : (0, 1);
    }

    /// <inheritdoc/>
    public override string ToString() => Identity;
}
