using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json.Serialization;

namespace QwenIde.Rpc.Tests;

/// <summary>Two peers joined by two pipes in memory.</summary>
internal sealed class Connected : IAsyncDisposable
{
    private Connected(RpcPeer client, RpcPeer server)
    {
        Client = client;
        Server = server;
    }

    public RpcPeer Client { get; }

    public RpcPeer Server { get; }

    public static Connected Start(
        RpcHandlers served, RpcHandlers? called = null, RpcPeerOptions? server = null, RpcPeerOptions? client = null)
    {
        var up = new Pipe();
        var down = new Pipe();
        var connected = new Connected(
            new RpcPeer(down.Reader, up.Writer, client), new RpcPeer(up.Reader, down.Writer, server));
        connected.Server.Start(served);
        connected.Client.Start(called ?? new RpcHandlers());
        return connected;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A peer whose other end is spoken by hand.</summary>
internal sealed class Raw : IAsyncDisposable
{
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();
    private readonly ConcurrentQueue<RpcTrace> _traces = new();
    private readonly RpcPeerOptions _options;

    public Raw(RpcHandlers handlers, RpcPeerOptions? options = null)
    {
        _options = (options ?? new RpcPeerOptions()) with { Trace = _traces.Enqueue };
        Peer = new RpcPeer(_up.Reader, _down.Writer, _options);
        Peer.Start(handlers);
    }

    public RpcPeer Peer { get; }

    public IReadOnlyCollection<RpcTrace> Traces => _traces;

    public async Task SendAsync(string json)
    {
        _options.Framing.Write(_up.Writer, System.Text.Encoding.UTF8.GetBytes(json));
        await _up.Writer.FlushAsync();
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => await _up.Writer.WriteAsync(bytes);

    public ValueTask EndInputAsync() => _up.Writer.CompleteAsync();

    public async Task<string> ReceiveAsync()
    {
        var input = await _options.Framing.ReadAsync(_down.Reader, int.MaxValue, TestContext.Current.CancellationToken);
        var message = Assert.IsType<Framing.FramedInput.Message>(input);
        return System.Text.Encoding.UTF8.GetString(message.Body.Span);
    }

    public ValueTask DisposeAsync() => Peer.DisposeAsync();
}

internal sealed record Text(string Value);

internal sealed record Number
{
    public required int Value { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(Number))]
internal sealed partial class TestJson : JsonSerializerContext;

/// <summary>The methods that the tests speak.</summary>
internal static class Methods
{
    public static readonly RpcRequest<Text, Text> Echo = new("echo", TestJson.Default.Text, TestJson.Default.Text);
    public static readonly RpcRequest<Number, Number> Add = new("add", TestJson.Default.Number, TestJson.Default.Number);
    public static readonly RpcRequest<RpcNothing, Number> Read = new("read", RpcNothing.Json, TestJson.Default.Number);
    public static readonly RpcRequest<RpcNothing, RpcNothing> Wait = new("wait", RpcNothing.Json, RpcNothing.Json);
    public static readonly RpcNotification<Number> Set = new("set", TestJson.Default.Number);
}
