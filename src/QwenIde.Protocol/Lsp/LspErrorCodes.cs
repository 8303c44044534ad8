namespace QwenIde.Protocol.Lsp;

/// <summary>Error codes beside those of <see cref="Rpc.RpcErrorCodes"/>.</summary>
public static class LspErrorCodes
{
    /// <summary>A request came before <c>initialize</c>.</summary>
    public const int ServerNotInitialized = -32002;

    /// <summary>The snapshot moved; ask again.</summary>
    public const int ContentModified = -32801;

    /// <summary>The request failed, with a sentence for the user.</summary>
    public const int RequestFailed = -32803;
}
