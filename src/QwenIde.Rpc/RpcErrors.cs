using System.Text.Json;

namespace QwenIde.Rpc;

/// <summary>Error codes that a peer itself gives (JSON-RPC 2.0 §5.1, and LSP's for cancellation).</summary>
public static class RpcErrorCodes
{
    /// <summary>The message is not JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The message is JSON, but no request.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>No handler has this name.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The parameters do not fit the method.</summary>
    public const int InvalidParams = -32602;

    /// <summary>The handler failed.</summary>
    public const int InternalError = -32603;

    /// <summary>The caller cancelled the request.</summary>
    public const int RequestCancelled = -32800;
}

/// <summary>An error meant for the caller: thrown by a handler, it becomes the answer as it stands.</summary>
public class RpcException : Exception
{
    /// <summary>An error with a code, one sentence for a person and, where the method says so, data.</summary>
    public RpcException(int code, string message, JsonElement? data = null)
        : base(message)
    {
        Code = code;
        ErrorData = data;
    }

    /// <summary>The code, see <see cref="RpcErrorCodes"/>.</summary>
    public int Code { get; }

    /// <summary>The error's <c>data</c>, if any.</summary>
    public JsonElement? ErrorData { get; }
}

/// <summary>The peer answered our request with an error. A handler that lets it pass answers with an internal error of its own.</summary>
public sealed class RpcRemoteException : RpcException
{
    internal RpcRemoteException(string method, int code, string message, JsonElement? data)
        : base(code, message, data) => Method = method;

    /// <summary>The method that was called.</summary>
    public string Method { get; }
}

/// <summary>The connection is closed, so the call cannot be made or will never be answered.</summary>
public sealed class RpcConnectionClosedException : IOException
{
    internal RpcConnectionClosedException(string message, RpcClosure closure)
        : base(message, closure.Cause) => Closure = closure;

    /// <summary>Why the connection ended.</summary>
    public RpcClosure Closure { get; }
}

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">The kind of end.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Cause">The exception behind it, if any.</param>
public sealed record RpcClosure(RpcClosureReason Reason, string Message, Exception? Cause = null);

/// <summary>The kinds of end of a connection.</summary>
public enum RpcClosureReason
{
    /// <summary>We closed it.</summary>
    Disposed,

    /// <summary>The peer closed its side between two messages.</summary>
    PeerClosed,

    /// <summary>The input ended in the middle of a message.</summary>
    Truncated,

    /// <summary>Reading or writing failed.</summary>
    TransportFailed,

    /// <summary>The peer sent far more than could be worked off, see <see cref="RpcPeerOptions.InboxBytes"/>.</summary>
    Flooded,
}
