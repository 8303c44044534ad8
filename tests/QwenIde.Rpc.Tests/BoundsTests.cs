using System.Globalization;
using System.IO.Pipelines;
using QwenIde.Rpc.Dispatch;

namespace QwenIde.Rpc.Tests;

public sealed class BoundsTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_over_the_limit_is_refused_under_its_id_and_the_connection_lives_on()
    {
        await using var pair = Connected.Start(Echo(), server: new RpcPeerOptions { MaxBodyBytes = 1000 });

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => pair.Client.RequestAsync(Methods.Echo, new Text(new string('x', 2000)), Ending));

        Assert.Equal(RpcErrorCodes.InvalidRequest, error.Code);
        Assert.Matches("^A message of 20[0-9]+ bytes is over the limit of 1000 bytes; it was skipped.$", error.Message);
        Assert.Equal("small", (await pair.Client.RequestAsync(Methods.Echo, new Text("small"), Ending)).Value);
    }

    [Fact]
    public async Task An_answer_over_the_limit_fails_the_call_it_belongs_to()
    {
        await using var pair = Connected.Start(
            new RpcHandlers().Concurrent(Methods.Echo, text => _ => Task.FromResult(new Text(string.Concat(Enumerable.Repeat(text.Value, 1000))))),
            client: new RpcPeerOptions { MaxBodyBytes = 1000 });

        var error = await Assert.ThrowsAsync<RpcRemoteException>(() => pair.Client.RequestAsync(Methods.Echo, new Text("abc"), Ending));

        Assert.StartsWith("The answer to 'echo' is too large: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(1000, (await pair.Client.RequestAsync(Methods.Echo, new Text(""), Ending)).Value.Length + 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_of_100_MB_is_skipped_without_being_held(bool byLine)
    {
        var framing = byLine ? Framing.MessageFraming.Newline : Framing.MessageFraming.ContentLength;
        var up = new Pipe();
        var down = new Pipe();
        await using var server = new RpcPeer(up.Reader, down.Writer, new RpcPeerOptions { Framing = framing, MaxBodyBytes = 1 << 20 });
        server.Start(Echo());
        var before = GC.GetTotalAllocatedBytes(precise: true);

        const int Length = 100_000_000;
        var head = """{"jsonrpc":"2.0","id":5,"method":"echo","params":{"value":" """u8.ToArray();
        if (!byLine)
            await up.Writer.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Length}\r\n\r\n")), Ending);
        await up.Writer.WriteAsync(head, Ending);
        var block = new byte[50_000];
        Array.Fill(block, (byte)'x');
        for (var left = Length - head.Length; left > 0; left -= block.Length)
            await up.Writer.WriteAsync(block.AsMemory(0, Math.Min(left, block.Length)), Ending);
        if (byLine)
            await up.Writer.WriteAsync("\n"u8.ToArray(), Ending);

        var reply = Assert.IsType<Framing.FramedInput.Message>(await framing.ReadAsync(down.Reader, int.MaxValue, Ending));
        Assert.Equal(
            """{"jsonrpc":"2.0","id":5,"error":{"code":-32600,"message":"A message of 100000000 bytes is over the limit of 1048576 bytes; it was skipped."}}""",
            System.Text.Encoding.UTF8.GetString(reply.Body.Span));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 50_000_000);
    }

    [Fact]
    public async Task When_the_inbox_is_full_reading_stops_and_when_it_empties_everything_arrives()
    {
        var received = 0;
        var most = 0;
        var ten = new TaskCompletionSource();
        var seen = new List<int>();
        await using var pair = Connected.Start(
            new RpcHandlers().Ordered(Methods.Set, async (number, _) =>
            {
                await ten.Task;
                most = Math.Max(most, Volatile.Read(ref received) - seen.Count);
                seen.Add(number.Value);
            }),
            server: new RpcPeerOptions
            {
                InboxBytes = 5000,
                Trace = trace =>
                {
                    if (trace.Kind == RpcTraceKind.Received && Interlocked.Increment(ref received) == 10)
                        ten.SetResult();
                },
            });

        for (var i = 0; i < 500; i++)
            await pair.Client.NotifyAsync(Methods.Set, new Number { Value = i }, Ending);
        await pair.Client.DisposeAsync();
        await pair.Server.Completion;

        Assert.Equal(Enumerable.Range(0, 500), seen);
        Assert.Equal(10, most);
    }

    [Fact]
    public void There_is_room_below_the_limit_or_while_a_reply_is_awaited()
    {
        var inbox = new Inbox(1000);
        var first = new Incoming.Refusal(new byte[400]);
        var second = new Incoming.Refusal(new byte[400]);
        inbox.Add(first);
        Assert.True(inbox.RoomAsync(Ending).AsTask().IsCompleted);
        inbox.Add(second);
        Assert.False(inbox.RoomAsync(Ending).AsTask().IsCompleted);
        inbox.ReplyAwaited(+1);
        Assert.True(inbox.RoomAsync(Ending).AsTask().IsCompleted);
        inbox.ReplyAwaited(-1);
        Assert.False(inbox.RoomAsync(Ending).AsTask().IsCompleted);
        inbox.Release(first);
        Assert.True(inbox.RoomAsync(Ending).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_full_inbox_does_not_keep_the_reply_from_the_handler_that_awaits_it()
    {
        var pair = (Connected?)null;
        pair = Connected.Start(
            new RpcHandlers()
                .Ordered(Methods.Add, async (number, cancellation) => await pair!.Server.RequestAsync(Methods.Add, number, cancellation))
                .Ordered(Methods.Set, (_, _) => Task.CompletedTask),
            new RpcHandlers().Ordered(Methods.Add, async (number, cancellation) =>
            {
                // Fills the server's inbox before the reply is sent behind it.
                for (var i = 0; i < 8; i++)
                    await pair!.Client.NotifyAsync(Methods.Set, new Number { Value = i }, cancellation);
                return number;
            }),
            server: new RpcPeerOptions { InboxBytes = 2000 });
        await using var both = pair;

        Assert.Equal(7, (await pair.Client.RequestAsync(Methods.Add, new Number { Value = 7 }, Ending)).Value);
    }

    [Fact]
    public async Task A_flood_that_cannot_be_worked_off_ends_the_connection_with_a_sentence()
    {
        await using var raw = new Raw(
            new RpcHandlers().Ordered(Methods.Set, (_, _) => Task.Delay(Timeout.Infinite, Ending)),
            new RpcPeerOptions { InboxBytes = 1000, DrainTimeout = TimeSpan.Zero });
        var awaited = raw.Peer.RequestAsync(Methods.Wait, RpcNothing.Value, Ending);
        for (var i = 0; i < 20; i++)
            await raw.SendAsync("""{"jsonrpc":"2.0","method":"set","params":{"value":1}}""");

        var closure = await raw.Peer.Completion.WaitAsync(Ending);
        Assert.Equal(RpcClosureReason.Flooded, closure.Reason);
        Assert.Contains("more than 4000 bytes that could not be worked off", closure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => awaited);
    }

    [Fact]
    public async Task Text_of_every_kind_survives()
    {
        await using var pair = Connected.Start(Echo());
        foreach (var text in new[] { "", "Zoë", "\U0001F469\u200D\U0001F4BB", "a\u2028b\u2029c", "\0\u0001\u001f\u007f\ufeff", "\\\"/<>&'+", "line\r\nline" })
            Assert.Equal(text, (await pair.Client.RequestAsync(Methods.Echo, new Text(text), Ending)).Value);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        await using var pair = Connected.Start(Echo());
        Assert.Equal("a\ufffdb", (await pair.Client.RequestAsync(Methods.Echo, new Text("a\ud800b"), Ending)).Value);
    }

    private static RpcHandlers Echo() => new RpcHandlers().Concurrent(Methods.Echo, text => _ => Task.FromResult(text));
}
