using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QwenIde.Export.Safetensors;

/// <summary>How a checkpoint stores the elements of a tensor.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names of the field.")]
public enum StoredType
{
    /// <summary>32-bit IEEE floating point (<c>F32</c>).</summary>
    Float32,

    /// <summary>16-bit IEEE floating point (<c>F16</c>).</summary>
    Float16,

    /// <summary>The upper half of a 32-bit float (<c>BF16</c>).</summary>
    BFloat16,

    /// <summary>8-bit floating point with 4 exponent bits (<c>F8_E4M3</c>), times a scale per block.</summary>
    Float8E4M3,
}

/// <summary>A tensor of a checkpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Shape">Its dimensions, slowest first.</param>
public sealed record TensorInfo(string Name, StoredType Type, ImmutableArray<long> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>Named tensors to be read as 32-bit floats: a checkpoint on disk, or one that is made up.</summary>
public interface ITensorSource : IDisposable
{
    /// <summary>What tells this source from another: an interrupted export goes on only from the same source.</summary>
    string Identity { get; }

    /// <summary>Finds a tensor; null if there is none of this name.</summary>
    TensorInfo? Find(string name);

    /// <summary>Reads elements in row-major order, widened to 32 bits. May be called from several threads at once.</summary>
    /// <param name="tensor">A tensor of this source.</param>
    /// <param name="first">Index of the first element.</param>
    /// <param name="destination">Receives as many elements as it is long.</param>
    /// <exception cref="ExportException">The elements cannot be read.</exception>
    void Read(TensorInfo tensor, long first, Span<float> destination);
}
