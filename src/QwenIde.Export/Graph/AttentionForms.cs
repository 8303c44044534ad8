namespace QwenIde.Export.Graph;

/// <summary>Which form of full attention a model gets.</summary>
internal static class AttentionForms
{
    /// <summary>Whether keys and values of past and present may be the same memory: <c>GroupQueryAttention</c> writes in place.</summary>
    public static bool SharesBuffers(CheckpointConfig config) => config.HeadDimension > 0;
}
