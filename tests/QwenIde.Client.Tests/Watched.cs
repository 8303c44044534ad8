using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Client.Tests;

/// <summary>A client whose states are kept in order.</summary>
internal sealed class Watched : IAsyncDisposable
{
    private readonly Channel<SidecarState> _states = Channel.CreateUnbounded<SidecarState>();

    public Watched(SidecarOptions options)
    {
        Client = new SidecarClient(options);
        Client.StateChanged += state => _states.Writer.TryWrite(state);
    }

    public SidecarClient Client { get; }

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    /// <summary>The next state of this kind.</summary>
    public async Task<SidecarState> NextAsync(SidecarPhase phase)
    {
        while (true)
        {
            var state = await _states.Reader.ReadAsync(Ending);
            if (state.Phase == phase)
                return state;
        }
    }

    public async Task<Process> ProcessAsync()
    {
        var status = await Client.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, Ending);
        return Process.GetProcessById(checked((int)status.Version));
    }

    public Task<JsonElement?> ExecuteAsync(string command) =>
        Client.RequestAsync(LspMethods.ExecuteCommand, new ExecuteCommandParams { Command = command }, Ending);

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
