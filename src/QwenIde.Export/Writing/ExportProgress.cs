namespace QwenIde.Export.Writing;

/// <summary>What an export is doing.</summary>
public enum ExportPhase
{
    /// <summary>Reading, converting and writing weights.</summary>
    Weights,

    /// <summary>Reading what was written, for its hashes.</summary>
    Hashes,

    /// <summary>Everything has its final name.</summary>
    Done,
}

/// <summary>How far an export is.</summary>
/// <param name="Phase">What it does.</param>
/// <param name="BytesDone">Bytes of this phase that are done; of an export that goes on, what was there already too.</param>
/// <param name="BytesTotal">Bytes of this phase.</param>
/// <param name="TensorsDone">Matrices and vectors that are done.</param>
/// <param name="TensorsTotal">All of them.</param>
/// <param name="Layer">Index of the layer at work, or null.</param>
/// <param name="Current">Name of the weight or file at work.</param>
public sealed record ExportProgress(
    ExportPhase Phase, long BytesDone, long BytesTotal, int TensorsDone, int TensorsTotal, int? Layer, string Current);
