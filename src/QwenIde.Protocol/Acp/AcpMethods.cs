using System.Text.Json.Serialization;
using QwenIde.Rpc;
using static QwenIde.Protocol.Acp.AcpJson;

namespace QwenIde.Protocol.Acp;

/// <summary>The methods of the Agent Client Protocol, version 1, that we speak.</summary>
public static class AcpMethods
{
    /// <summary>The major version of the protocol.</summary>
    public const int ProtocolVersion = 1;

    /// <summary>To the agent: begins the connection, where it is not LSP's already.</summary>
    public static readonly RpcRequest<AgentInitializeParams, AgentInitializeResult> Initialize =
        new("initialize", Default.AgentInitializeParams, Default.AgentInitializeResult);

    /// <summary>To the agent: begins a conversation.</summary>
    public static readonly RpcRequest<NewSessionParams, NewSessionResult> NewSession =
        new("session/new", Default.NewSessionParams, Default.NewSessionResult);

    /// <summary>To the agent: the user's turn; answered when the agent's turn is over.</summary>
    public static readonly RpcRequest<PromptParams, PromptResult> Prompt =
        new("session/prompt", Default.PromptParams, Default.PromptResult);

    /// <summary>To the agent: stop the turn.</summary>
    public static readonly RpcNotification<CancelSessionParams> Cancel =
        new("session/cancel", Default.CancelSessionParams);

    /// <summary>To the client: a piece of the agent's turn.</summary>
    public static readonly RpcNotification<SessionUpdateParams> Update =
        new("session/update", Default.SessionUpdateParams);
}

/// <summary>The JSON form of the Agent Client Protocol's messages: optional properties are left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
#if NET9_0_OR_GREATER
    RespectNullableAnnotations = true,
#endif
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentInitializeParams))]
[JsonSerializable(typeof(AgentInitializeResult))]
[JsonSerializable(typeof(NewSessionParams))]
[JsonSerializable(typeof(NewSessionResult))]
[JsonSerializable(typeof(PromptParams))]
[JsonSerializable(typeof(PromptResult))]
[JsonSerializable(typeof(CancelSessionParams))]
[JsonSerializable(typeof(SessionUpdateParams))]
[JsonSerializable(typeof(TextContent))]
[JsonSerializable(typeof(ResourceLink))]
[JsonSerializable(typeof(UserMessageChunk))]
[JsonSerializable(typeof(AgentMessageChunk))]
[JsonSerializable(typeof(AgentThoughtChunk))]
public sealed partial class AcpJson : JsonSerializerContext;
