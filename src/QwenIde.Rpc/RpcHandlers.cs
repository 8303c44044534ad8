using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QwenIde.Rpc.Dispatch;

namespace QwenIde.Rpc;

/// <summary>The methods a peer serves, each declared ordered, concurrent or long-running.</summary>
/// <remarks>See <see cref="RpcPeer"/> for what the three mean. A name can be registered once.</remarks>
public sealed class RpcHandlers
{
    private readonly Dictionary<string, Handler> _handlers = new(StringComparer.Ordinal);

    /// <summary>A request that is run to its end before the next message is looked at.</summary>
    /// <exception cref="ArgumentException">The method has a handler already.</exception>
    public RpcHandlers Ordered<TParams, TResult>(
        RpcRequest<TParams, TResult> method, Func<TParams, CancellationToken, Task<TResult>> handle) =>
        Add(method, HandlerMode.Ordered, value => cancellation => handle(value, cancellation));

    /// <summary>A notification that is run to its end before the next message is looked at.</summary>
    /// <exception cref="ArgumentException">The method has a handler already.</exception>
    public RpcHandlers Ordered<TParams>(
        RpcNotification<TParams> method, Func<TParams, CancellationToken, Task> handle) =>
        Add(method, HandlerMode.Ordered, value => cancellation => handle(value, cancellation));

    /// <summary>A request that is begun in order and then runs freely.</summary>
    /// <param name="method">The method.</param>
    /// <param name="begin">Called in order: captures the state it needs, quickly, and returns the work.</param>
    /// <exception cref="ArgumentException">The method has a handler already.</exception>
    public RpcHandlers Concurrent<TParams, TResult>(
        RpcRequest<TParams, TResult> method, Func<TParams, Func<CancellationToken, Task<TResult>>> begin) =>
        Add(method, HandlerMode.Concurrent, begin);

    /// <summary>A notification that is begun in order and then runs freely.</summary>
    /// <param name="method">The method.</param>
    /// <param name="begin">Called in order: captures the state it needs, quickly, and returns the work.</param>
    /// <exception cref="ArgumentException">The method has a handler already.</exception>
    public RpcHandlers Concurrent<TParams>(
        RpcNotification<TParams> method, Func<TParams, Func<CancellationToken, Task>> begin) =>
        Add(method, HandlerMode.Concurrent, begin);

    /// <summary>As a concurrent request, but not counted among those that run at once: for what may last minutes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="begin">Called in order: captures the state it needs, quickly, and returns the work.</param>
    /// <exception cref="ArgumentException">The method has a handler already.</exception>
    public RpcHandlers LongRunning<TParams, TResult>(
        RpcRequest<TParams, TResult> method, Func<TParams, Func<CancellationToken, Task<TResult>>> begin) =>
        Add(method, HandlerMode.LongRunning, begin);

    internal FrozenDictionary<string, Handler> Freeze() => _handlers.ToFrozenDictionary(StringComparer.Ordinal);

    private RpcHandlers Add<TParams, TResult>(
        RpcRequest<TParams, TResult> method, HandlerMode mode, Func<TParams, Func<CancellationToken, Task<TResult>>> begin) =>
        Add(new Handler(method.Name, mode, IsRequest: true, json =>
        {
            var work = begin(ReadParams(method.Name, json, method.Params));
            return async cancellation =>
            {
                var result = await work(cancellation).ConfigureAwait(false);
                return writer => JsonSerializer.Serialize(writer, result, method.Result);
            };
        }));

    private RpcHandlers Add<TParams>(
        RpcNotification<TParams> method, HandlerMode mode, Func<TParams, Func<CancellationToken, Task>> begin) =>
        Add(new Handler(method.Name, mode, IsRequest: false, json =>
        {
            var work = begin(ReadParams(method.Name, json, method.Params));
            return async cancellation =>
            {
                await work(cancellation).ConfigureAwait(false);
                return static writer => writer.WriteNullValue();
            };
        }));

    private RpcHandlers Add(Handler handler)
    {
        if (!_handlers.TryAdd(handler.Method, handler))
            throw new ArgumentException($"'{handler.Method}' has a handler already.", nameof(handler));
        return this;
    }

    private static TParams ReadParams<TParams>(string method, ReadOnlyMemory<byte> json, JsonTypeInfo<TParams> type)
    {
        try
        {
            var value = JsonSerializer.Deserialize(json.IsEmpty ? "null"u8 : json.Span, type);
            return value is not null
                ? value
                : throw new RpcException(RpcErrorCodes.InvalidParams, $"'{method}' needs params; send an object.");
        }
        catch (JsonException unfit)
        {
            throw new RpcException(
                RpcErrorCodes.InvalidParams, $"The params of '{method}' do not fit at '{unfit.Path ?? "$"}': {FirstSentence(unfit.Message)}");
        }
    }

    /// <summary>The serializer appends " Path: … | LineNumber: …" to its sentence; the path is said already.</summary>
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
