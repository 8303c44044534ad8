using System.Text.Json;
using System.Text.Json.Serialization;
using QwenIde.Rpc;

var echo = new RpcRequest<JsonElement, JsonElement>("echo", PeerJson.Default.JsonElement, PeerJson.Default.JsonElement);
var get = new RpcRequest<RpcNothing, int>("get", RpcNothing.Json, PeerJson.Default.Int32);
var set = new RpcNotification<Value>("set", PeerJson.Default.Value);
var exchange = new RpcRequest<Value, int>("exchange", PeerJson.Default.Value, PeerJson.Default.Int32);
var wait = new RpcRequest<RpcNothing, RpcNothing>("wait", RpcNothing.Json, RpcNothing.Json);
var count = new RpcRequest<Count, RpcNothing>("count", PeerJson.Default.Count, RpcNothing.Json);
var ask = new RpcRequest<Value, int>("ask", PeerJson.Default.Value, PeerJson.Default.Int32);
var abandon = new RpcRequest<RpcNothing, string>("abandon", RpcNothing.Json, PeerJson.Default.String);
var refuse = new RpcRequest<Value, RpcNothing>("refuse", PeerJson.Default.Value, RpcNothing.Json);
var fail = new RpcRequest<RpcNothing, RpcNothing>("fail", RpcNothing.Json, RpcNothing.Json);
var clientTwice = new RpcRequest<Value, int>("client/twice", PeerJson.Default.Value, PeerJson.Default.Int32);
var clientWait = new RpcRequest<RpcNothing, RpcNothing>("client/wait", RpcNothing.Json, RpcNothing.Json);
var progress = new RpcNotification<Progress>("$/progress", PeerJson.Default.Progress);

var state = 0;
await using var peer = new RpcPeer(Console.OpenStandardInput(), Console.OpenStandardOutput());
peer.Start(new RpcHandlers()
    .Concurrent(echo, value => _ => Task.FromResult(value))
    .Ordered(set, async (value, _) =>
    {
        await Task.Yield();
        state = value.Number;
    })
    .Ordered(exchange, async (value, _) =>
    {
        var before = state;
        await Task.Yield();
        state = value.Number;
        return before;
    })
    .Concurrent(get, _ =>
    {
        var captured = state;
        return async _ =>
        {
            await Task.Yield();
            return captured;
        };
    })
    .LongRunning(wait, _ => async cancellation =>
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return RpcNothing.Value;
    })
    .Concurrent(count, to => async cancellation =>
    {
        for (var i = 1; i <= to.To; i++)
            await peer.NotifyAsync(progress, new Progress { Token = to.Token, Value = i }, cancellation);
        return RpcNothing.Value;
    })
    .Ordered(ask, async (value, cancellation) => 1 + await peer.RequestAsync(clientTwice, value, cancellation))
    .Concurrent(abandon, _ => async cancellation =>
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = peer.RequestAsync(clientWait, RpcNothing.Value, source.Token);
        await peer.RequestAsync(clientTwice, new Value { Number = 0 }, cancellation);
        await source.CancelAsync();
        try
        {
            await waiting;
            return "answered";
        }
        catch (OperationCanceledException)
        {
            return "abandoned";
        }
    })
    .Concurrent(refuse, value => _ => throw new RpcException(
        value.Number, "Not like this.", JsonSerializer.SerializeToElement(value, PeerJson.Default.Value)))
    .Concurrent(fail, _ => _ => throw new InvalidOperationException("The disk is full.")));

var closure = await peer.Completion;
await Console.Error.WriteLineAsync($"{closure.Reason}: {closure.Message}");
return closure.Reason == RpcClosureReason.PeerClosed ? 0 : 1;

internal sealed record Value
{
    public required int Number { get; init; }
}

internal sealed record Count
{
    public required int To { get; init; }

    public required JsonElement Token { get; init; }
}

internal sealed record Progress
{
    public required JsonElement Token { get; init; }

    public required int Value { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Value))]
[JsonSerializable(typeof(Count))]
[JsonSerializable(typeof(Progress))]
internal sealed partial class PeerJson : JsonSerializerContext;
