using System.Text.Json.Serialization;
using QwenIde.Rpc;

namespace QwenIde.Protocol.Extensions;

/// <summary>Our own methods; <c>docs/protocol.md</c> describes them.</summary>
public static class QwenIdeMethods
{
    /// <summary>To the client: the workspace's state changed.</summary>
    public static readonly RpcNotification<WorkspaceStatus> WorkspaceStatusChanged =
        new("_qwenide/workspace/status", QwenIdeJson.Default.WorkspaceStatus);

    /// <summary>To the server: the workspace's state.</summary>
    public static readonly RpcRequest<RpcNothing, WorkspaceStatus> DescribeWorkspace =
        new("_qwenide/workspace/describe", RpcNothing.Json, QwenIdeJson.Default.WorkspaceStatus);

    /// <summary>To the server: the user granted trust.</summary>
    public static readonly RpcNotification<TrustParams> TrustWorkspace =
        new("_qwenide/workspace/trust", QwenIdeJson.Default.TrustParams);
}

/// <summary>The JSON form of our own messages: what is absent is null, as <c>docs/protocol.md</c> types it.</summary>
[JsonSourceGenerationOptions(
#if NET9_0_OR_GREATER
    RespectNullableAnnotations = true,
#endif
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InitializationOptions))]
[JsonSerializable(typeof(ExperimentalCapabilities))]
[JsonSerializable(typeof(TrustParams))]
[JsonSerializable(typeof(WorkspaceStatus))]
public sealed partial class QwenIdeJson : JsonSerializerContext;
