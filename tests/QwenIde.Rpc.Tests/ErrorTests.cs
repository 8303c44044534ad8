using System.Text.Json;

namespace QwenIde.Rpc.Tests;

public sealed class ErrorTests
{
    private static readonly RpcHandlers _echo = new RpcHandlers()
        .Concurrent(Methods.Echo, text => _ => Task.FromResult(text))
        .Ordered(Methods.Add, (number, _) => Task.FromResult(number))
        .Ordered(Methods.Set, (_, _) => Task.CompletedTask);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{", "null", RpcErrorCodes.ParseError, "is not JSON")]
    [InlineData("", "null", RpcErrorCodes.ParseError, "is not JSON")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"echo"} {}""", "null", RpcErrorCodes.ParseError, "is not JSON")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"echo"}]""", "null", RpcErrorCodes.InvalidRequest, "Batches are not supported")]
    [InlineData("[]", "null", RpcErrorCodes.InvalidRequest, "Batches are not supported")]
    [InlineData("7", "null", RpcErrorCodes.InvalidRequest, "must be a JSON object")]
    [InlineData("{}", "null", RpcErrorCodes.InvalidRequest, "needs a 'method'")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", "1", RpcErrorCodes.InvalidRequest, "needs a 'method'")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", "1", RpcErrorCodes.InvalidRequest, "'method' must be a string")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""", "1", RpcErrorCodes.InvalidRequest, "'method' must be text")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"echo"}""", "1", RpcErrorCodes.InvalidRequest, "\"jsonrpc\": \"2.0\"")]
    [InlineData("""{"id":1,"method":"echo"}""", "1", RpcErrorCodes.InvalidRequest, "\"jsonrpc\": \"2.0\"")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"echo"}""", "null", RpcErrorCodes.InvalidRequest, "'id' must be")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"echo"}""", "null", RpcErrorCodes.InvalidRequest, "'id' must be")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"echo"}""", "null", RpcErrorCodes.InvalidRequest, "'id' must be")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"nope"}""", "1", RpcErrorCodes.MethodNotFound, "There is no method 'nope'")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"set","params":{"value":1}}""", "1", RpcErrorCodes.InvalidRequest, "is a notification")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"add"}""", "1", RpcErrorCodes.InvalidParams, "'add' needs params")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"add","params":null}""", "1", RpcErrorCodes.InvalidParams, "'add' needs params")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"add","params":{"value":"x"}}""", "1", RpcErrorCodes.InvalidParams, "'$.value'")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"add","params":{}}""", "1", RpcErrorCodes.InvalidParams, "value")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"add","params":[1]}""", "1", RpcErrorCodes.InvalidParams, "'$'")]
    public async Task Broken_input_is_refused_with_a_sentence_and_the_connection_lives_on(string sent, string id, int code, string sentence)
    {
        await using var raw = new Raw(_echo);
        await raw.SendAsync(sent);
        using (var reply = JsonDocument.Parse(await raw.ReceiveAsync()))
        {
            Assert.Equal(id, reply.RootElement.GetProperty("id").GetRawText());
            Assert.Equal(code, reply.RootElement.GetProperty("error").GetProperty("code").GetInt32());
            Assert.Contains(sentence, reply.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        await AssertAliveAsync(raw);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"nope"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"echo","params":{"value":"without an id"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":99,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"mine","result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"what?"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":"\ud800"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"message":"\ud800"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":99,"error":7}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"\ud800"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"\ud800":1,"id":99}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1]}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/cancelRequest"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"set","params":{"value":"unfit"}}""")]
    [InlineData("""{"\ud800":1,"jsonrpc":"2.0","method":"nope"}""")]
    public async Task What_cannot_be_answered_is_ignored(string sent)
    {
        await using var raw = new Raw(_echo);
        await raw.SendAsync(sent);
        await AssertAliveAsync(raw);
    }

    [Fact]
    public async Task A_deliberate_error_reaches_the_caller_with_code_sentence_and_data()
    {
        await using var pair = Connected.Start(new RpcHandlers().Concurrent(Methods.Echo, _ => _ =>
            throw new RpcException(-32803, "There is no solution open.", JsonSerializer.SerializeToElement(new Text("why"), TestJson.Default.Text))));

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => pair.Client.RequestAsync(Methods.Echo, new Text("?"), Ending));

        Assert.Equal(-32803, error.Code);
        Assert.Equal("There is no solution open.", error.Message);
        Assert.Equal("echo", error.Method);
        Assert.Equal("why", error.ErrorData?.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_failing_handler_answers_with_one_sentence_and_is_traced_with_its_exception()
    {
        await using var raw = new Raw(new RpcHandlers()
            .Ordered(Methods.Wait, (_, _) => throw new InvalidOperationException("The disk is full.")));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");

        Assert.Equal("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"'wait' failed: The disk is full."}}""", await raw.ReceiveAsync());
        var trace = Assert.Single(raw.Traces, trace => trace.Kind == RpcTraceKind.HandlerFailed);
        Assert.IsType<InvalidOperationException>(trace.Exception);
    }

    [Fact]
    public async Task A_failure_in_the_first_part_of_a_concurrent_handler_is_answered_too()
    {
        await using var raw = new Raw(new RpcHandlers()
            .Concurrent(Methods.Wait, _ => throw new InvalidOperationException("No snapshot.")));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");

        Assert.Contains("'wait' failed: No snapshot.", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_from_further_on_is_not_passed_off_as_ours()
    {
        Connected? pair = null;
        pair = Connected.Start(new RpcHandlers().Concurrent(Methods.Echo, text => cancellation => pair!.Server.RequestAsync(Methods.Echo, text, cancellation)));
        await using var both = pair;

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => pair.Client.RequestAsync(Methods.Echo, new Text("?"), Ending));

        Assert.Equal(RpcErrorCodes.InternalError, error.Code);
        Assert.Equal("'echo' failed: There is no method 'echo'.", error.Message);
    }

    [Fact]
    public async Task A_failing_notification_is_traced_and_does_no_further_harm()
    {
        var failed = new TaskCompletionSource();
        await using var pair = Connected.Start(
            new RpcHandlers()
                .Ordered(Methods.Set, (_, _) => throw new InvalidOperationException("No."))
                .Concurrent(Methods.Echo, text => _ => Task.FromResult(text)),
            server: new RpcPeerOptions
            {
                Trace = trace =>
                {
                    if (trace.Kind == RpcTraceKind.HandlerFailed)
                        failed.SetResult();
                },
            });

        await pair.Client.NotifyAsync(Methods.Set, new Number { Value = 1 }, Ending);

        Assert.Equal("alive", (await pair.Client.RequestAsync(Methods.Echo, new Text("alive"), Ending)).Value);
        await failed.Task.WaitAsync(Ending);
    }

    [Fact]
    public async Task A_result_of_another_form_fails_the_call_with_a_sentence()
    {
        await using var raw = new Raw(new RpcHandlers());
        var answer = raw.Peer.RequestAsync(Methods.Add, new Number { Value = 1 }, Ending);
        await raw.ReceiveAsync();
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"result":{"value":"seven"}}""");

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => answer);
        Assert.Equal("The answer to 'add' does not fit at '$.value'.", error.Message);
    }

    [Fact]
    public async Task An_id_in_use_is_refused_and_free_again_after_the_answer()
    {
        var go = new TaskCompletionSource();
        await using var raw = new Raw(new RpcHandlers().LongRunning(Methods.Wait, _ => async _ =>
        {
            await go.Task;
            return RpcNothing.Value;
        }));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        Assert.Contains("is not answered yet", await raw.ReceiveAsync(), StringComparison.Ordinal);
        go.SetResult();
        Assert.Contains("result", await raw.ReceiveAsync(), StringComparison.Ordinal);
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        Assert.Contains("result", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertAliveAsync(Raw raw)
    {
        await raw.SendAsync("""{"jsonrpc":"2.0","id":"alive","method":"echo","params":{"value":"yes"}}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":"alive","result":{"value":"yes"}}""", await raw.ReceiveAsync());
    }
}
