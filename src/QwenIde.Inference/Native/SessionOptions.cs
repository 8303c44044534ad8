using System.Collections.Immutable;
using QwenIde.Inference.Native.CustomOperators;

namespace QwenIde.Inference.Native;

/// <summary>How far a graph is rewritten before it runs (<c>GraphOptimizationLevel</c>).</summary>
public enum GraphOptimization
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>What keeps to standard operators.</summary>
    Basic = 1,

    /// <summary>Also fusions into operators of ONNX Runtime's own.</summary>
    Extended = 2,

    /// <summary>Everything.</summary>
    All = 99,
}

/// <summary>How a session is made.</summary>
public sealed record SessionOptions
{
    /// <summary>Threads that share the work of one operator; null leaves it to ONNX Runtime, which takes one per core.</summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>How far the graph is rewritten.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>Where the model runs. What the provider has no kernel for runs on the processor.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>The provider's own options, for instance <c>device_id</c>.</summary>
    public ImmutableDictionary<string, string> ProviderOptions { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Further settings of ONNX Runtime, for instance <c>session.intra_op.allow_spinning</c>.</summary>
    public ImmutableDictionary<string, string> ConfigEntries { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether memory of ended operators is kept for the next ones.</summary>
    public bool UseMemoryArena { get; init; } = true;

    /// <summary>
    /// Whether the memory plan of every combination of input shapes is remembered. Only for fixed shapes: with a context that
    /// grows by every token it would itself grow without end.
    /// </summary>
    public bool UseMemoryPattern { get; init; }

    /// <summary>Writes a trace of all operators to a file whose path begins so; see <see cref="OrtSession.EndProfiling"/>.</summary>
    public string? ProfilePrefix { get; init; }

    /// <summary>Operators of our own, or ours in place of ONNX Runtime's.</summary>
    public ImmutableArray<CustomOperator> CustomOperators { get; init; } = [];
}
