using System.IO.Pipelines;

namespace QwenIde.Rpc.Tests;

public sealed class ClosingTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposing_fails_calls_without_an_answer_and_says_why()
    {
        var pair = Connected.Start(Waiting(new TaskCompletionSource()));
        var call = pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);

        await pair.Client.DisposeAsync();

        var closed = await Assert.ThrowsAsync<RpcConnectionClosedException>(() => call);
        Assert.Equal("'wait' got no answer: The connection was closed from this side.", closed.Message);
        Assert.Equal(RpcClosureReason.Disposed, (await pair.Client.Completion).Reason);
        Assert.Equal(RpcClosureReason.PeerClosed, (await pair.Server.Completion).Reason);
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, Ending));
        await Assert.ThrowsAsync<RpcConnectionClosedException>(async () => await pair.Client.NotifyAsync(Methods.Set, new Number { Value = 1 }, Ending));
        await pair.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_cancels_what_runs_and_sends_what_is_queued()
    {
        var begun = new TaskCompletionSource();
        await using var pair = Connected.Start(Waiting(begun));
        var call = pair.Client.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        await begun.Task.WaitAsync(Ending);

        await pair.Server.DisposeAsync();

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => call);
        Assert.Equal(RpcErrorCodes.RequestCancelled, error.Code);
    }

    [Fact]
    public async Task When_the_peer_is_gone_running_requests_are_cancelled_and_what_had_come_is_taken_up()
    {
        var cancelled = new TaskCompletionSource();
        var seen = new List<int>();
        await using var raw = new Raw(new RpcHandlers()
            .LongRunning(Methods.Wait, _ => async cancellation =>
            {
                using var registration = cancellation.Register(cancelled.SetResult);
                await cancelled.Task;
                return RpcNothing.Value;
            })
            .Ordered(Methods.Set, (number, _) =>
            {
                seen.Add(number.Value);
                return Task.CompletedTask;
            }));
        await raw.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"wait"}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"set","params":{"value":1}}""");
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"set","params":{"value":2}}""");
        await raw.EndInputAsync();

        Assert.Equal(new RpcClosure(RpcClosureReason.PeerClosed, "The peer closed the connection."), await raw.Peer.Completion.WaitAsync(Ending));
        Assert.Equal([1, 2], seen);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\n{\"json")]
    [InlineData("Content-Length: 10\r\n")]
    [InlineData("Content-Le")]
    public async Task Input_that_ends_within_a_message_says_so(string sent)
    {
        await using var raw = new Raw(new RpcHandlers());
        await raw.SendBytesAsync(System.Text.Encoding.ASCII.GetBytes(sent));
        await raw.EndInputAsync();

        Assert.Equal(RpcClosureReason.Truncated, (await raw.Peer.Completion.WaitAsync(Ending)).Reason);
    }

    [Fact]
    public async Task A_transport_that_fails_ends_the_connection_with_its_sentence()
    {
        var up = new Pipe();
        await up.Writer.CompleteAsync(new IOException("The cable is out."));
        await using var peer = new RpcPeer(up.Reader, new Pipe().Writer);
        peer.Start(new RpcHandlers());

        var closure = await peer.Completion.WaitAsync(Ending);
        Assert.Equal(RpcClosureReason.TransportFailed, closure.Reason);
        Assert.Equal("Reading from the peer failed: The cable is out.", closure.Message);
    }

    [Fact]
    public async Task A_peer_that_no_longer_reads_ends_the_connection()
    {
        var down = new Pipe();
        await down.Reader.CompleteAsync();
        await using var peer = new RpcPeer(new Pipe().Reader, down.Writer);
        peer.Start(new RpcHandlers());
        await peer.NotifyAsync(Methods.Set, new Number { Value = 1 }, Ending);

        Assert.Equal(RpcClosureReason.TransportFailed, (await peer.Completion.WaitAsync(Ending)).Reason);
    }

    [Fact]
    public async Task A_handler_that_never_ends_holds_the_end_up_no_longer_than_allowed()
    {
        var begun = new TaskCompletionSource();
        await using var raw = new Raw(
            new RpcHandlers().Ordered(Methods.Set, (_, _) =>
            {
                begun.SetResult();
                return new TaskCompletionSource().Task;
            }),
            new RpcPeerOptions { DrainTimeout = TimeSpan.FromMilliseconds(1) });
        await raw.SendAsync("""{"jsonrpc":"2.0","method":"set","params":{"value":1}}""");
        await begun.Task.WaitAsync(Ending);
        await raw.EndInputAsync();

        Assert.Equal(RpcClosureReason.PeerClosed, (await raw.Peer.Completion.WaitAsync(Ending)).Reason);
    }

    [Fact]
    public async Task A_peer_can_be_disposed_twice_or_before_it_was_started()
    {
        var peer = new RpcPeer(new Pipe().Reader, new Pipe().Writer);
        await peer.DisposeAsync();
        await peer.DisposeAsync();

        Assert.Equal(RpcClosureReason.Disposed, (await peer.Completion).Reason);
        Assert.Throws<InvalidOperationException>(() => peer.Start(new RpcHandlers()));
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => peer.RequestAsync(Methods.Wait, RpcNothing.Value, Ending));
    }

    private static RpcHandlers Waiting(TaskCompletionSource begun) => new RpcHandlers().LongRunning(Methods.Wait, _ => async cancellation =>
    {
        begun.SetResult();
        await Task.Delay(Timeout.Infinite, cancellation);
        return RpcNothing.Value;
    });
}
