using System.Text.Json;

namespace QwenIde.Protocol.Acp;

/// <summary>Begins a conversation.</summary>
public sealed record NewSessionParams
{
    /// <summary>The absolute path of the folder it is about.</summary>
    public required string Cwd { get; init; }

    /// <summary>Servers of the Model Context Protocol to use.</summary>
    public required IReadOnlyList<JsonElement> McpServers { get; init; }
}

/// <summary>A conversation has begun.</summary>
public sealed record NewSessionResult
{
    /// <summary>Its name in all later messages.</summary>
    public required string SessionId { get; init; }
}

/// <summary>The user's turn.</summary>
public sealed record PromptParams
{
    /// <summary>The conversation.</summary>
    public required string SessionId { get; init; }

    /// <summary>What the user says.</summary>
    public required IReadOnlyList<ContentBlock> Prompt { get; init; }
}

/// <summary>The agent's turn is over.</summary>
public sealed record PromptResult
{
    /// <summary>Why, see <see cref="Acp.StopReason"/>.</summary>
    public required string StopReason { get; init; }
}

/// <summary>Why a turn is over.</summary>
public static class StopReason
{
    /// <summary>The agent has finished.</summary>
    public const string EndTurn = "end_turn";

    /// <summary>The user stopped it.</summary>
    public const string Cancelled = "cancelled";
}

/// <summary>Stops a turn; the prompt is answered with <see cref="StopReason.Cancelled"/>.</summary>
public sealed record CancelSessionParams
{
    /// <summary>The conversation.</summary>
    public required string SessionId { get; init; }
}

/// <summary>A piece of a turn.</summary>
public sealed record SessionUpdateParams
{
    /// <summary>The conversation.</summary>
    public required string SessionId { get; init; }

    /// <summary>The piece.</summary>
    public required SessionUpdate Update { get; init; }
}
