using System.Diagnostics;

namespace QwenIde.Rpc.Tests.Conformance;

/// <summary>Our peer calls vscode-jsonrpc: its methods stand in <c>tests/rpc-conformance/server.mjs</c>.</summary>
public sealed class VscodeServerTests : IAsyncLifetime
{
    private static readonly RpcRequest<RpcNothing, Number> _cancelled = new("cancelled", RpcNothing.Json, TestJson.Default.Number);
    private static readonly RpcRequest<RpcNothing, RpcNothing> _refuse = new("refuse", RpcNothing.Json, RpcNothing.Json);
    private static readonly RpcRequest<RpcNothing, RpcNothing> _vanish = new("vanish", RpcNothing.Json, RpcNothing.Json);

    private readonly Process _node = Node.Start("server.mjs");
    private RpcPeer _peer = null!;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _peer = new RpcPeer(_node.StandardOutput.BaseStream, _node.StandardInput.BaseStream);
        _peer.Start(new RpcHandlers().Concurrent(
            Methods.Add, number => _ => Task.FromResult(new Number { Value = number.Value * 10 })));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _node.WaitForExitAsync(CancellationToken.None);
        _node.Dispose();
    }

    [Fact]
    public async Task Changes_and_questions_are_answered_in_order()
    {
        var answers = new List<Task<Number>>();
        for (var i = 1; i <= 100; i++)
        {
            await _peer.NotifyAsync(Methods.Set, new Number { Value = i }, Ending);
            answers.Add(_peer.RequestAsync(Methods.Read, RpcNothing.Value, Ending));
        }

        Assert.Equal(Enumerable.Range(1, 100), (await Task.WhenAll(answers)).Select(number => number.Value));
    }

    [Fact]
    public async Task Text_of_every_kind_survives()
    {
        foreach (var text in new[] { "", "Zoë", "\U0001F469\u200D\U0001F4BB", "a\u2028b\u2029c", "\0\u001f\u007f\ufeff", "\\\"/<>&" })
            Assert.Equal(text, (await _peer.RequestAsync(Methods.Echo, new Text(text), Ending)).Value);
    }

    [Fact]
    public async Task A_body_of_20_MB_goes_there_and_back()
    {
        var text = new string('ü', 10_000_000);
        Assert.Equal(text, (await _peer.RequestAsync(Methods.Echo, new Text(text), Ending)).Value);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_over_there()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var call = _peer.RequestAsync(Methods.Wait, RpcNothing.Value, source.Token);
        // Begun in order: once this is answered, the one before runs.
        await _peer.RequestAsync(Methods.Read, RpcNothing.Value, Ending);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, (await _peer.RequestAsync(_cancelled, RpcNothing.Value, Ending)).Value);
    }

    [Fact]
    public async Task A_request_inside_a_request() =>
        Assert.Equal(41, (await _peer.RequestAsync(Methods.Add, new Number { Value = 4 }, Ending)).Value);

    [Fact]
    public async Task Errors_arrive_as_they_were_meant()
    {
        var refused = await Assert.ThrowsAsync<RpcRemoteException>(() => _peer.RequestAsync(_refuse, RpcNothing.Value, Ending));
        Assert.Equal((-32803, "Not like this.", "why"), (refused.Code, refused.Message, refused.ErrorData?.GetProperty("value").GetString()));
        var unknown = await Assert.ThrowsAsync<RpcRemoteException>(() =>
            _peer.RequestAsync(new RpcRequest<RpcNothing, RpcNothing>("nope", RpcNothing.Json, RpcNothing.Json), RpcNothing.Value, Ending));
        Assert.Equal(RpcErrorCodes.MethodNotFound, unknown.Code);
    }

    [Fact]
    public async Task When_the_server_vanishes_open_calls_fail_with_a_sentence()
    {
        var waiting = _peer.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        var vanishing = _peer.RequestAsync(_vanish, RpcNothing.Value, Ending);

        var closed = await Assert.ThrowsAsync<RpcConnectionClosedException>(() => waiting);
        Assert.Equal("'wait' got no answer: The peer closed the connection.", closed.Message);
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => vanishing);
        Assert.Equal(RpcClosureReason.PeerClosed, (await _peer.Completion.WaitAsync(Ending)).Reason);
    }
}
