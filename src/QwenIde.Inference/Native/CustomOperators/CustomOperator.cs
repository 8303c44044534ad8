using System.Collections.Immutable;

namespace QwenIde.Inference.Native.CustomOperators;

/// <summary>An input or output of a custom operator.</summary>
/// <param name="Type">What it must be made of; <see cref="TensorElementType.Undefined"/> allows anything.</param>
/// <param name="Optional">Whether a graph may leave it out.</param>
public readonly record struct OperatorParameter(TensorElementType Type = TensorElementType.Undefined, bool Optional = false);

/// <summary>
/// An operator in managed code. In a domain and by a name of ONNX Runtime's own it replaces the built-in one, schema and kernel,
/// and leaves the others of that domain as they are. Runs on the processor.
/// </summary>
/// <remarks>One instance may serve any number of sessions; kernels belong to one node of one session.</remarks>
public abstract class CustomOperator
{
    /// <summary>The domain, for instance <c>com.microsoft</c>.</summary>
    public abstract string Domain { get; }

    /// <summary>The name within the domain.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// All inputs, up to the last that any graph might name: a node with more of them, even empty ones, does not load.
    /// </summary>
    public abstract ImmutableArray<OperatorParameter> Inputs { get; }

    /// <summary>All outputs.</summary>
    public abstract ImmutableArray<OperatorParameter> Outputs { get; }

    /// <summary>Makes the kernel of one node. What it throws ends the loading of the model, with its message.</summary>
    public abstract CustomKernel CreateKernel(KernelAttributes attributes);
}

/// <summary>The computation of one node.</summary>
public abstract class CustomKernel : IDisposable
{
    /// <summary>
    /// Computes the outputs. Called on the thread that runs the session, possibly by several runs at once. What it throws ends
    /// the run, with its message.
    /// </summary>
    public abstract void Compute(KernelContext context);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called when the session is gone.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
