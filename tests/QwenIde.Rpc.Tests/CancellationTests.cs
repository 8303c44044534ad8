namespace QwenIde.Rpc.Tests;

public sealed class CancellationTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelling_a_call_throws_at_once_and_cancels_the_handler_on_the_other_side()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var pair = Connected.Start(new RpcHandlers().Concurrent(Methods.Wait, _ => async cancellation =>
        {
            begun.SetResult();
            using var registration = cancellation.Register(cancelled.SetResult);
            await cancelled.Task;
            cancellation.ThrowIfCancellationRequested();
            return RpcNothing.Value;
        }));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ending);

        var call = pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, source.Token);
        await begun.Task.WaitAsync(Ending);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Ending);
    }

    [Fact]
    public async Task A_cancelled_request_is_answered_with_the_code_for_it()
    {
        await using var raw = new Raw(Waiting());
        await raw.SendAsync("""{"jsonrpc":"2.0","id":"a","method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"a"}}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":"a","error":{"code":-32800,"message":"'wait' was cancelled."}}""", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task The_agent_client_protocols_name_for_it_can_be_chosen()
    {
        await using var raw = new Raw(Waiting(), new RpcPeerOptions { Cancellation = RpcCancellation.AgentClient });
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"$/cancel_request","params":{"requestId":1}}""");
        Assert.Contains("-32800", await raw.ReceiveAsync(), StringComparison.Ordinal);

        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var call = raw.Peer.RequestAsync(Methods.Wait, RpcNothing.Value, source.Token);
        await raw.ReceiveAsync();
        await source.CancelAsync();
        Assert.Equal("""{"jsonrpc":"2.0","method":"$/cancel_request","params":{"requestId":1}}""", await raw.ReceiveAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_cancellation_overtakes_what_waits_and_a_request_that_still_waited_is_never_begun()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var ran = 0;
        await using var raw = new Raw(new RpcHandlers()
            .Ordered(Methods.Set, async (_, _) =>
            {
                begun.SetResult();
                await go.Task;
            })
            .Ordered(Methods.Wait, (_, _) =>
            {
                ran++;
                return Task.FromResult(RpcNothing.Value);
            }));

        await raw.SendAsync("""{"jsonrpc":"2.0","method":"set","params":{"value":1}}""");
        await begun.Task.WaitAsync(Ending);
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"echo"}""");
        while (!raw.Traces.Any(trace => trace.Kind == RpcTraceKind.Ignored))
            await Task.Yield();
        go.SetResult();

        Assert.Contains("-32800", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("\"id\":2,\"result\"", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(1, ran);
    }

    [Fact]
    public async Task A_cancelled_request_that_waits_for_a_place_is_answered_without_one()
    {
        var go = new TaskCompletionSource();
        await using var raw = new Raw(
            new RpcHandlers().Concurrent(Methods.Wait, _ => async _ =>
            {
                await go.Task;
                return RpcNothing.Value;
            }),
            new RpcPeerOptions { MaxConcurrency = 1 });
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","id":2,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","id":3,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":3}}""");
        Assert.Contains("\"id\":3,\"error\":{\"code\":-32800", await raw.ReceiveAsync(), StringComparison.Ordinal);
        go.SetResult();
        Assert.Contains("result", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains("result", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_finishes_in_spite_of_cancellation_answers_with_its_result()
    {
        var cancelled = new TaskCompletionSource();
        await using var raw = new Raw(new RpcHandlers().Concurrent(Methods.Wait, _ => async cancellation =>
        {
            using var registration = cancellation.Register(cancelled.SetResult);
            await cancelled.Task;
            return RpcNothing.Value;
        }));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""");

        var reply = await raw.ReceiveAsync();
        Assert.True(reply.Contains("result", StringComparison.Ordinal) || !cancelled.Task.IsCompleted, reply);
    }

    [Fact]
    public async Task A_handlers_own_timeout_is_a_failure_not_a_cancellation()
    {
        await using var raw = new Raw(new RpcHandlers().Ordered(Methods.Wait, (_, _) => throw new OperationCanceledException("Timed out.")));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");

        Assert.Contains("-32603", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_reply_to_a_cancelled_call_is_ignored()
    {
        await using var raw = new Raw(Waiting());
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var call = raw.Peer.RequestAsync(Methods.Wait, RpcNothing.Value, source.Token);
        await raw.ReceiveAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Contains("$/cancelRequest", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"cancelled"}}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"nope"}""");
        Assert.Contains("-32601", await raw.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Contains(raw.Traces, trace => trace.Kind == RpcTraceKind.Ignored);
    }

    private static RpcHandlers Waiting() => new RpcHandlers().Concurrent(Methods.Wait, _ => async cancellation =>
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return RpcNothing.Value;
    });
}
