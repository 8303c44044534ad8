using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Acp;

/// <summary>A piece of a turn, of one of several kinds.</summary>
[JsonConverter(typeof(Converter))]
public abstract record SessionUpdate
{
    /// <summary>Tells the kinds apart.</summary>
    [JsonPropertyName("sessionUpdate")]
    public abstract string Kind { get; }

    internal sealed class Converter() : KindConverter<SessionUpdate>("sessionUpdate")
    {
        protected override Type? TypeFor(string kind) => kind switch
        {
            "user_message_chunk" => typeof(UserMessageChunk),
            "agent_message_chunk" => typeof(AgentMessageChunk),
            "agent_thought_chunk" => typeof(AgentThoughtChunk),
            _ => null,
        };

        protected override SessionUpdate Unknown(JsonElement value) => new UnknownSessionUpdate(value);
    }
}

/// <summary>Some of what the user said, when a conversation is told again.</summary>
public sealed record UserMessageChunk : SessionUpdate
{
    /// <summary><c>user_message_chunk</c>.</summary>
    [JsonPropertyName("sessionUpdate")]
    public override string Kind => "user_message_chunk";

    /// <summary>The next piece.</summary>
    public required ContentBlock Content { get; init; }
}

/// <summary>Some of what the agent says.</summary>
public sealed record AgentMessageChunk : SessionUpdate
{
    /// <summary><c>agent_message_chunk</c>.</summary>
    [JsonPropertyName("sessionUpdate")]
    public override string Kind => "agent_message_chunk";

    /// <summary>The next piece.</summary>
    public required ContentBlock Content { get; init; }
}

/// <summary>Some of what the agent thinks.</summary>
public sealed record AgentThoughtChunk : SessionUpdate
{
    /// <summary><c>agent_thought_chunk</c>.</summary>
    [JsonPropertyName("sessionUpdate")]
    public override string Kind => "agent_thought_chunk";

    /// <summary>The next piece.</summary>
    public required ContentBlock Content { get; init; }
}

/// <summary>A piece of a kind that we do not know.</summary>
public sealed record UnknownSessionUpdate(JsonElement Value) : SessionUpdate, IUnknownKind
{
    /// <summary>What the peer calls it.</summary>
    public override string Kind => Value.GetProperty("sessionUpdate").GetString()!;
}
