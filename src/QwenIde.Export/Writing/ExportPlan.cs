using System.Collections.Immutable;
using System.Globalization;
using QwenIde.Export.Graph;
using QwenIde.Export.Onnx;
using QwenIde.Export.Safetensors;

namespace QwenIde.Export.Writing;

/// <summary>A file that an export will write.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PlannedFile(string Name, long Bytes);

/// <summary>What all weights of one kind amount to.</summary>
/// <param name="Kind">What they are for.</param>
/// <param name="Parameters">Numbers of the checkpoint.</param>
/// <param name="Bytes">Bytes in the exported model, scales included.</param>
public sealed record PlannedPart(WeightKind Kind, long Parameters, long Bytes);

/// <summary>Everything about an export that is known before a weight is read: the graph, sizes, and where each weight will stand.</summary>
public sealed class ExportPlan
{
    /// <summary>Name of the model file.</summary>
    public const string ModelFileName = "model.onnx";

    private ExportPlan(CheckpointConfig config, ExportOptions options, ModelGraph graph)
    {
        Config = config;
        Options = options;
        Jobs = graph.Jobs;
        Layout = new DataLayout(ModelFileName, Jobs, options.MaxDataFileBytes);
        ModelBytes = graph.Nodes.Serialise(ModelGraph.Opset, Jobs.SelectMany(job => job.Weights).Select(External), Metadata(options));
        Files = [new PlannedFile(ModelFileName, ModelBytes.Length), .. Layout.Files];
        Parts = [.. Jobs.GroupBy(job => job.Kind).OrderBy(group => group.Key).Select(group =>
            new PlannedPart(group.Key, group.Sum(job => job.Rows.Count * job.Rows.Columns), group.Sum(job => job.Bytes)))];
    }

    /// <summary>The model's shape.</summary>
    public CheckpointConfig Config { get; }

    /// <summary>What is asked for.</summary>
    public ExportOptions Options { get; }

    /// <summary>The model file and its data files.</summary>
    public ImmutableArray<PlannedFile> Files { get; }

    /// <summary>Sizes by kind of weight.</summary>
    public ImmutableArray<PlannedPart> Parts { get; }

    /// <summary>Bytes of all files.</summary>
    public long TotalBytes => Files.Sum(file => file.Bytes);

    /// <summary>The context length that the model's configuration will name.</summary>
    public int ContextLength => Options.ContextLength ?? (int)Math.Min(Config.MaxPositions * Options.YarnFactor, int.MaxValue);

    /// <summary>The model file.</summary>
    internal byte[] ModelBytes { get; }

    /// <summary>The weights.</summary>
    internal ImmutableArray<WeightJob> Jobs { get; }

    /// <summary>Where each weight will stand.</summary>
    internal DataLayout Layout { get; }

    /// <summary>Plans an export.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="tensors">The checkpoint, which is checked for completeness; null plans from the configuration alone.</param>
    /// <exception cref="ExportException">The options do not fit the model, or a tensor is missing or has another shape.</exception>
    public static ExportPlan Create(CheckpointConfig config, ExportOptions options, ITensorSource? tensors = null)
    {
        OptionRules.Check(config, options);
        var graph = ModelGraph.Build(config, options, tensors);
        if (tensors is not null)
        {
            foreach (var tensor in graph.Jobs.SelectMany(job => job.Rows.Tensors))
                _ = tensor.In(tensors);
        }

        return new ExportPlan(config, options, graph);
    }

    /// <summary>Memory for states and caches of one conversation.</summary>
    /// <param name="context">Its length in tokens.</param>
    public long StateBytes(int context)
    {
        long full = Config.Layers.Count(layer => layer == TokenMixer.FullAttention);
        long linear = Config.Layers.Length - full;
        var perToken = full * 2 * Config.KeyValueHeads * Config.HeadDimension;
        var constant = linear * ((long)Config.LinearValueHeads * Config.LinearKeyDimension * Config.LinearValueDimension
            + (long)Config.ConvolutionChannels * (Config.ConvolutionKernel - 1));
        return (perToken * context + constant) * (Options.UsesHalf ? 2 : 4);
    }

    private OnnxTensor External(Weight weight) => new(weight.Name, weight.Type, weight.Shape, default, Layout[weight]);

    private static IEnumerable<KeyValuePair<string, string>> Metadata(ExportOptions options)
    {
        yield return new("qwenide.precision", options.Precision.ToString());
        if (options.ActiveRecipe is { } recipe)
        {
            yield return new("qwenide.bits", string.Create(CultureInfo.InvariantCulture, $"experts {recipe.Experts}, projections {recipe.Projections}, head {recipe.Head}"));
            yield return new("qwenide.block_size", options.BlockSize.ToString(CultureInfo.InvariantCulture));
        }
    }
}
