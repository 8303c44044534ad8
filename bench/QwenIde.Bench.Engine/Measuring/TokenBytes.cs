namespace QwenIde.Bench.Engine.Measuring;

/// <summary>How many bytes one decoded token moves at the least, by the model's shape: every weight that takes part, once.</summary>
internal static class TokenBytes
{
    /// <summary>Bytes of an element of a matrix in llama.cpp's Q4_0: half a byte, and a half-precision scale for 32.</summary>
    public const double Q4 = 0.5 + 2 / 32.0;

    /// <summary>Counts for a model in which all matrices but the router have the same format.</summary>
    /// <param name="shape">The model's.</param>
    /// <param name="expertElement">Bytes of an element of an expert.</param>
    /// <param name="matrixElement">Bytes of an element of any other matrix.</param>
    public static long Count(ModelShape shape, double expertElement, double matrixElement)
    {
        double linear = (double)shape.Hidden * (shape.ConvolutionWidth + 2 * shape.ValueWidth + 2 * shape.LinearValueHeads);
        double full = (double)shape.Hidden * shape.HeadDimension * (3 * shape.Heads + 2 * shape.KeyValueHeads);
        double expert = 3.0 * shape.Hidden * shape.Intermediate;
        double router = sizeof(float) * (double)shape.Hidden * shape.Experts;
        // Read and written.
        double state = 2.0 * sizeof(float) * shape.LinearValueHeads * shape.LinearHeadDimension * shape.LinearHeadDimension;
        var fullLayers = shape.Layers / ModelShape.FullAttentionInterval;
        var linearLayers = shape.Layers - fullLayers;
        var matrices = linearLayers * linear + fullLayers * full + shape.Layers * expert + (double)shape.Hidden * shape.Vocabulary;
        return (long)(matrixElement * matrices
            + expertElement * shape.Layers * shape.ExpertsPerToken * expert
            + shape.Layers * router
            + linearLayers * state);
    }
}
