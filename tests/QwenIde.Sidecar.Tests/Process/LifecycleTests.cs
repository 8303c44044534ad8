using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.Tests.Process;

public sealed class LifecycleTests
{
    [Fact]
    public async Task The_server_says_what_it_is_and_can_do()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        InitializeResult result = editor.Initialized!;
        Assert.Equal("qwenide", result.ServerInfo!.Name);
        Assert.Equal(1, result.Capabilities.Experimental!.Value.GetProperty("qwenide").GetProperty("acpVersion").GetInt32());
        Assert.Equal(TextDocumentSyncKind.Incremental, result.Capabilities.TextDocumentSync!.Change);
        Assert.True(result.Capabilities.CodeActionProvider!.ResolveProvider);
        Assert.Null(result.Capabilities.DiagnosticProvider); // registered later, since this editor can
    }

    [Fact]
    public async Task Shutdown_and_exit_end_with_zero()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        Assert.Equal(0, await editor.ShutDownAsync());
    }

    [Fact]
    public async Task Exit_without_shutdown_ends_with_one()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        await editor.Peer.NotifyAsync(LspMethods.Exit, RpcNothing.Value, editor.Patience);
        Assert.Equal(1, await editor.ExitAsync());
    }

    [Fact]
    public async Task The_end_of_standard_input_ends_the_server()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        await editor.Peer.DisposeAsync();
        Assert.Equal(1, await editor.ExitAsync());
        Assert.DoesNotContain("Unhandled exception", editor.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_ends_with_the_process_it_serves(bool namedOnTheCommandLine)
    {
        await using TestEditor stand = TestEditor.Start(); // a process that lives until it is ended
        await using TestEditor editor = TestEditor.Start(start =>
        {
            if (!namedOnTheCommandLine)
                return;
            start.ArgumentList.Add("--parent-pid");
            start.ArgumentList.Add($"{stand.Process.Id}");
        });
        await editor.InitializeAsync(folder: null, processId: namedOnTheCommandLine ? null : stand.Process.Id);
        stand.Process.Kill();
        Assert.Equal(1, await editor.ExitAsync());
    }

    [Fact]
    public async Task Requests_before_initialize_and_after_shutdown_are_refused()
    {
        await using TestEditor editor = TestEditor.Start();
        RpcRemoteException early = await Assert.ThrowsAsync<RpcRemoteException>(() =>
            editor.Peer.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, editor.Patience));
        Assert.Equal(LspErrorCodes.ServerNotInitialized, early.Code);
        await editor.InitializeAsync(folder: null);
        await editor.Peer.RequestAsync(LspMethods.Shutdown, RpcNothing.Value, editor.Patience);
        RpcRemoteException late = await Assert.ThrowsAsync<RpcRemoteException>(() =>
            editor.Peer.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, editor.Patience));
        Assert.Equal(RpcErrorCodes.InvalidRequest, late.Code);
    }

    [Fact]
    public async Task A_message_of_100_megabytes_is_refused_with_a_sentence_and_the_connection_lives()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        RpcRemoteException refusal = await Assert.ThrowsAsync<RpcRemoteException>(() => editor.Peer.RequestAsync(
            LspMethods.ExecuteCommand,
            new ExecuteCommandParams { Command = new string('x', 100 * 1024 * 1024) },
            editor.Patience));
        Assert.Contains("bytes", refusal.Message, StringComparison.Ordinal);
        WorkspaceStatus status = await editor.Peer.RequestAsync(
            QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, editor.Patience);
        Assert.Equal(WorkspaceState.Empty, status.State);
    }

    [Fact]
    public async Task Standard_output_carries_the_protocol_alone()
    {
        ProcessStartInfo start = QwenIdeProgram.StartInfo("serve", "--stdio", "--log-level", "Trace");
        using var process = System.Diagnostics.Process.Start(start)!;
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            jsonrpc = "2.0",
            id = 1,
            method = "initialize",
            @params = new { processId = Environment.ProcessId, capabilities = new { } },
        });
        await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(body, TestContext.Current.CancellationToken);
        var length = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.StartsWith("Content-Length: ", length, StringComparison.Ordinal);
        Assert.Equal("", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var answer = new char[int.Parse(length["Content-Length: ".Length..], CultureInfo.InvariantCulture)];
        await process.StandardOutput.ReadBlockAsync(answer, TestContext.Current.CancellationToken);
        Assert.Contains("\"acpVersion\":1", new string(answer), StringComparison.Ordinal);
        process.StandardInput.Close();
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
