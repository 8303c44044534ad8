using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QwenIde.Rpc.Messages;
using QwenIde.Rpc.Sending;

namespace QwenIde.Rpc.Dispatch;

/// <summary>Works the inbox off, in the order that <see cref="RpcPeer"/> promises.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore never makes a wait handle, and handlers left behind may still release it.")]
internal sealed class Dispatcher(Inbox inbox, IncomingRequests requests, Outbox outbox, RpcPeerOptions options)
{
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrency);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running = 1;

    /// <summary>Runs until the inbox is completed and everything in it has been worked off.</summary>
    internal async Task RunAsync()
    {
        await foreach (var item in inbox.ReadAllAsync().ConfigureAwait(false))
        {
            if (item is Incoming.Call call)
            {
                await DispatchAsync(call).ConfigureAwait(false);
                continue;
            }

            await outbox.TrySendAsync(((Incoming.Refusal)item).Reply).ConfigureAwait(false);
            inbox.Release(item);
        }

        Left();
        await _idle.Task.ConfigureAwait(false);
    }

    private async Task DispatchAsync(Incoming.Call call)
    {
        var work = Begin(call);
        switch (call.Handler.Mode)
        {
            case HandlerMode.Ordered:
                await AnswerAsync(call, work).ConfigureAwait(false);
                inbox.Release(call);
                break;
            case HandlerMode.Concurrent:
                Interlocked.Increment(ref _running);
                _ = Task.Run(() => RunInSlotAsync(call, work), CancellationToken.None);
                break;
            case HandlerMode.LongRunning:
                inbox.Release(call);
                Interlocked.Increment(ref _running);
                _ = Task.Run(() => RunAloneAsync(call, work), CancellationToken.None);
                break;
        }
    }

    /// <summary>The part that runs in order. Its failure is kept, to be answered like any other.</summary>
    private static Func<CancellationToken, Task<Action<Utf8JsonWriter>>> Begin(Incoming.Call call)
    {
        // A request that was cancelled while it waited is answered without being begun.
        if (call.Cancellation.IsCancellationRequested && call.Handler.IsRequest)
            return Task.FromCanceled<Action<Utf8JsonWriter>>;
        try
        {
            return call.Handler.Begin(call.Params);
        }
        catch (Exception failure)
        {
            return _ => Task.FromException<Action<Utf8JsonWriter>>(failure);
        }
    }

    private async Task RunInSlotAsync(Incoming.Call call, Func<CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        var hasSlot = await TryEnterSlotAsync(call.Cancellation).ConfigureAwait(false);
        inbox.Release(call);
        try
        {
            await AnswerAsync(call, work).ConfigureAwait(false);
        }
        finally
        {
            if (hasSlot)
                _slots.Release();
            Left();
        }
    }

    /// <summary>False when the request is cancelled first: it is answered without needing a slot.</summary>
    private async Task<bool> TryEnterSlotAsync(CancellationToken cancellation)
    {
        try
        {
            await _slots.WaitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunAloneAsync(Incoming.Call call, Func<CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        try
        {
            await AnswerAsync(call, work).ConfigureAwait(false);
        }
        finally
        {
            Left();
        }
    }

    private async Task AnswerAsync(Incoming.Call call, Func<CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        var reply = await RunAsync(call, work).ConfigureAwait(false);
        if (call.Id is not { } id)
            return;
        requests.Leave(id);
        await outbox.TrySendAsync(reply).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>> RunAsync(Incoming.Call call, Func<CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        var method = call.Handler.Method;
        try
        {
            if (call.Handler.IsRequest)
                call.Cancellation.ThrowIfCancellationRequested();
            var writeResult = await work(call.Cancellation).ConfigureAwait(false);
            return call.Id is { } id ? MessageWriter.Result(id, writeResult) : default;
        }
        catch (OperationCanceledException) when (call.Cancellation.IsCancellationRequested)
        {
            return MessageWriter.Error(call.Id, RpcErrorCodes.RequestCancelled, $"'{method}' was cancelled.");
        }
        catch (RpcException meant) when (meant is not RpcRemoteException)
        {
            options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Refused, method, call.Id, Message: meant.Message, Exception: meant));
            return MessageWriter.Error(call.Id, meant.Code, meant.Message, meant.ErrorData);
        }
        catch (Exception failure)
        {
            options.Trace?.Invoke(new RpcTrace(RpcTraceKind.HandlerFailed, method, call.Id, Message: failure.Message, Exception: failure));
            return MessageWriter.Error(call.Id, RpcErrorCodes.InternalError, $"'{method}' failed: {failure.Message}");
        }
    }

    private void Left()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _idle.TrySetResult();
    }
}
