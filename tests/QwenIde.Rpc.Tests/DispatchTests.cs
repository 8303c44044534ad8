namespace QwenIde.Rpc.Tests;

public sealed class DispatchTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_concurrent_request_sees_every_mutation_before_it_and_none_after()
    {
        var state = 0;
        await using var pair = Connected.Start(new RpcHandlers()
            .Ordered(Methods.Set, async (number, _) =>
            {
                await Task.Yield();
                state = number.Value;
            })
            .Concurrent(Methods.Read, _ =>
            {
                var captured = state;
                return async _ =>
                {
                    await Task.Yield();
                    return new Number { Value = captured };
                };
            }));

        var answers = new List<Task<Number>>();
        for (var i = 1; i <= 200; i++)
        {
            await pair.Client.NotifyAsync(Methods.Set, new Number { Value = i }, Ending);
            answers.Add(pair.Client.RequestAsync(Methods.Read, RpcNothing.Value, Ending));
        }

        var seen = await Task.WhenAll(answers);
        Assert.Equal(Enumerable.Range(1, 200), seen.Select(number => number.Value));
    }

    [Fact]
    public async Task Ordered_requests_never_overlap()
    {
        var running = 0;
        var most = 0;
        await using var pair = Connected.Start(new RpcHandlers()
            .Ordered(Methods.Add, async (number, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return number;
            }));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => pair.Client.RequestAsync(Methods.Add, new Number { Value = i }, Ending)));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task No_more_concurrent_requests_run_at_once_than_allowed_and_mutations_pass_those_that_wait()
    {
        var gate = new object();
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await using var pair = Connected.Start(
            new RpcHandlers()
                .Ordered(Methods.Set, (_, _) =>
                {
                    released.SetResult();
                    return Task.CompletedTask;
                })
                .Concurrent(Methods.Echo, text => async _ =>
                {
                    lock (gate)
                        most = Math.Max(most, ++running);
                    if (most == 3)
                        full.TrySetResult();
                    await released.Task;
                    lock (gate)
                        running--;
                    return text;
                }),
            server: new RpcPeerOptions { MaxConcurrency = 3 });

        var answers = Enumerable.Range(0, 20).Select(i => pair.Client.RequestAsync(Methods.Echo, new Text($"{i}"), Ending)).ToArray();
        await full.Task.WaitAsync(Ending);
        await pair.Client.NotifyAsync(Methods.Set, new Number { Value = 0 }, Ending);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), (await Task.WhenAll(answers)).Select(text => text.Value));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Long_running_requests_take_no_place_from_concurrent_ones()
    {
        var end = new TaskCompletionSource();
        await using var pair = Connected.Start(
            new RpcHandlers()
                .LongRunning(Methods.Wait, _ => async _ =>
                {
                    await end.Task;
                    return RpcNothing.Value;
                })
                .Concurrent(Methods.Echo, text => _ => Task.FromResult(text)),
            server: new RpcPeerOptions { MaxConcurrency = 1 });

        var long1 = pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        var long2 = pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        Assert.Equal("quick", (await pair.Client.RequestAsync(Methods.Echo, new Text("quick"), Ending)).Value);
        end.SetResult();
        await Task.WhenAll(long1, long2);
    }

    [Fact]
    public async Task A_handler_may_call_back_and_await_the_reply_even_an_ordered_one()
    {
        Connected? pair = null;
        pair = Connected.Start(
            new RpcHandlers().Ordered(Methods.Add, async (number, cancellation) =>
                new Number { Value = 1 + (await pair!.Server.RequestAsync(Methods.Add, number, cancellation)).Value }),
            new RpcHandlers().Ordered(Methods.Add, (number, _) => Task.FromResult(new Number { Value = number.Value * 10 })));
        await using var both = pair;

        Assert.Equal(41, (await pair.Client.RequestAsync(Methods.Add, new Number { Value = 4 }, Ending)).Value);
    }

    [Fact]
    public void A_method_can_have_one_handler_only()
    {
        var handlers = new RpcHandlers().Concurrent(Methods.Echo, text => _ => Task.FromResult(text));

        var refused = Assert.Throws<ArgumentException>(() => handlers.Ordered(Methods.Echo, (text, _) => Task.FromResult(text)));
        Assert.Contains("'echo' has a handler already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_added_after_the_start_are_not_served()
    {
        var handlers = new RpcHandlers();
        await using var pair = Connected.Start(handlers);
        handlers.Concurrent(Methods.Echo, text => _ => Task.FromResult(text));

        var refused = await Assert.ThrowsAsync<RpcRemoteException>(() => pair.Client.RequestAsync(Methods.Echo, new Text("?"), Ending));
        Assert.Equal(RpcErrorCodes.MethodNotFound, refused.Code);
    }

    [Fact]
    public async Task Nothing_as_params_is_left_out_and_whatever_comes_in_its_place_is_accepted()
    {
        await using var raw = new Raw(new RpcHandlers().Ordered(Methods.Wait, (_, _) => Task.FromResult(RpcNothing.Value)));
        foreach (var given in new[] { "", ",\"params\":null", ",\"params\":{\"a\":1}", ",\"params\":[]" })
        {
            await raw.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"wait"{{given}}}""");
            Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":null}""", await raw.ReceiveAsync());
        }

        _ = raw.Peer.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"wait"}""", await raw.ReceiveAsync());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-7")]
    [InlineData("9007199254740993")]
    [InlineData("\"7\"")]
    [InlineData("\"\"")]
    [InlineData("\"Zoë \U0001F600\"")]
    public async Task An_id_comes_back_as_it_was_sent(string id)
    {
        await using var raw = new Raw(new RpcHandlers().Ordered(Methods.Wait, (_, _) => Task.FromResult(RpcNothing.Value)));
        await raw.SendAsync($$"""{"method":"wait","id":{{id}},"jsonrpc":"2.0"}""");
        using var reply = System.Text.Json.JsonDocument.Parse(await raw.ReceiveAsync());
        using var sent = System.Text.Json.JsonDocument.Parse(id);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(sent.RootElement, reply.RootElement.GetProperty("id")));
    }
}
