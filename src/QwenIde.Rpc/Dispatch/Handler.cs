using System.Text.Json;

namespace QwenIde.Rpc.Dispatch;

/// <summary>A registered method without its types.</summary>
/// <param name="Method">The name.</param>
/// <param name="Mode">How it is run beside others.</param>
/// <param name="IsRequest">Whether it is answered.</param>
/// <param name="Begin">
/// Reads the parameters (empty when absent), captures state and returns the work, which returns how its result is written.
/// Throws <see cref="RpcException"/> when the parameters do not fit.
/// </param>
internal sealed record Handler(
    string Method,
    HandlerMode Mode,
    bool IsRequest,
    Func<ReadOnlyMemory<byte>, Func<CancellationToken, Task<Action<Utf8JsonWriter>>>> Begin);

internal enum HandlerMode
{
    Ordered,
    Concurrent,
    LongRunning,
}
