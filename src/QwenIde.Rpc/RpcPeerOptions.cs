using QwenIde.Rpc.Framing;

namespace QwenIde.Rpc;

/// <summary>How a <see cref="RpcPeer"/> behaves. The defaults suit a language server.</summary>
public sealed record RpcPeerOptions
{
    /// <summary>How messages are told apart on the stream.</summary>
    public IMessageFraming Framing { get; init; } = MessageFraming.ContentLength;

    /// <summary>Longest message body that is accepted, in bytes. A longer one is skipped and refused.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of received messages that may wait to be worked off. Above it reading stops, so that the sender is slowed
    /// down, unless a reply to a request of ours is awaited; above four times as much the connection ends.
    /// </summary>
    public long InboxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Messages that may wait to be written; above it senders wait.</summary>
    public int OutboxMessages { get; init; } = 256;

    /// <summary>Concurrent handlers that run at once (long-running ones are not counted).</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>The notification that cancels a request.</summary>
    public RpcCancellation Cancellation { get; init; } = RpcCancellation.LanguageServer;

    /// <summary>How long the end of a connection waits for running handlers and unwritten messages.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock for <see cref="DrainTimeout"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called for everything worth a log line, from any thread; it must be quick and must not throw.</summary>
    public Action<RpcTrace>? Trace { get; init; }
}

/// <summary>The notification with which either side cancels a request it has sent.</summary>
/// <param name="Method">Its name.</param>
/// <param name="IdProperty">The property of its parameters that holds the request's id.</param>
public sealed record RpcCancellation(string Method, string IdProperty)
{
    /// <summary><c>$/cancelRequest {id}</c>, as the Language Server Protocol has it.</summary>
    public static RpcCancellation LanguageServer { get; } = new("$/cancelRequest", "id");

    /// <summary><c>$/cancel_request {requestId}</c>, as the Agent Client Protocol has it.</summary>
    public static RpcCancellation AgentClient { get; } = new("$/cancel_request", "requestId");
}

/// <summary>Something that happened on a connection, for a log.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Method">The method concerned, if known.</param>
/// <param name="Id">The request concerned, if any.</param>
/// <param name="Bytes">Length of the message's body, 0 if none.</param>
/// <param name="Message">One sentence, where the kind alone does not say it.</param>
/// <param name="Exception">The exception behind it, if any.</param>
public readonly record struct RpcTrace(
    RpcTraceKind Kind, string? Method = null, RpcId? Id = null, int Bytes = 0, string? Message = null, Exception? Exception = null);

/// <summary>Kinds of <see cref="RpcTrace"/>.</summary>
public enum RpcTraceKind
{
    /// <summary>A message came in.</summary>
    Received,

    /// <summary>A message was queued for writing.</summary>
    Sent,

    /// <summary>Input was refused: no JSON, no request, too large, unknown, unfit.</summary>
    Refused,

    /// <summary>Input was ignored: an unknown notification, a reply nobody awaits.</summary>
    Ignored,

    /// <summary>A handler threw something other than <see cref="RpcException"/> or cancellation.</summary>
    HandlerFailed,

    /// <summary>The connection ended.</summary>
    Closed,
}
