using System.Diagnostics;
using System.Text.Json;
using QwenIde.Client;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

return args[0] switch
{
    "refuse-to-start" => await RefuseToStartAsync(),
    "sleep" => await SleepAsync(),
    "front-end" => await FrontEndAsync(),
    _ => await ServeAsync(args[0]),
};

static async Task<int> RefuseToStartAsync()
{
    await Console.Error.WriteLineAsync("No SDK was found.");
    return 3;
}

static async Task<int> SleepAsync()
{
    await Task.Delay(Timeout.Infinite);
    return 0;
}

// Starts this program as its sidecar, tells its process id, and lives until it is killed.
static async Task<int> FrontEndAsync()
{
    await using var client = new SidecarClient(new SidecarOptions
    {
        Program = Environment.ProcessPath!,
        Arguments = [typeof(RpcNothing).Assembly.Location.Replace("QwenIde.Rpc.dll", "QwenIde.Client.TestSidecar.dll", StringComparison.Ordinal), "serve"],
        Initialize = new InitializeParams { Capabilities = new ClientCapabilities() },
    });
    client.Start();
    var status = await client.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value);
    Console.WriteLine(status.Version);
    return await SleepAsync();
}

static async Task<int> ServeAsync(string manner)
{
    using var exit = new CancellationTokenSource();
    await using var peer = new RpcPeer(Console.OpenStandardInput(), Console.OpenStandardOutput());
    Process? child = null;
    peer.Start(new RpcHandlers()
        .Ordered(LspMethods.Initialize, async (hello, cancellation) =>
        {
            await Console.Error.WriteLineAsync($"Started by {hello.ProcessId} with {Environment.GetEnvironmentVariable("GREETING")}.");
            if (manner == "silent")
                await Task.Delay(Timeout.Infinite, cancellation);
            if (manner == "refuse")
                throw new RpcException(LspErrorCodes.RequestFailed, "This version is too old.");
            return new InitializeResult
            {
                Capabilities = new ServerCapabilities(),
                ServerInfo = new ImplementationInfo { Name = "test" },
            };
        })
        .Ordered(LspMethods.Initialized, (_, _) => Task.CompletedTask)
        // The version tells the process id, so that a test can watch this process.
        .Concurrent(QwenIdeMethods.DescribeWorkspace, _ => _ => Task.FromResult(new WorkspaceStatus
        {
            State = WorkspaceState.Empty,
            Message = Environment.CurrentDirectory,
            Version = Environment.ProcessId,
            Trusted = false,
        }))
        .Concurrent(LspMethods.ExecuteCommand, command => async cancellation =>
        {
            switch (command.Command)
            {
                case "die":
                    await Console.Error.WriteLineAsync("Out of memory.");
                    Environment.Exit(5);
                    break;
                case "start a child":
                    child = Process.Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "sleep"]);
                    return JsonDocument.Parse($"{child.Id}").RootElement;
                case "wait":
                    await Task.Delay(Timeout.Infinite, cancellation);
                    break;
            }

            return null;
        })
        .Ordered(LspMethods.Shutdown, async (_, cancellation) =>
        {
            if (manner == "stubborn")
                await Task.Delay(Timeout.Infinite, cancellation);
            return RpcNothing.Value;
        })
        .Ordered(LspMethods.Exit, async (_, _) => await exit.CancelAsync()));
    await Task.WhenAny(peer.Completion, Task.Delay(Timeout.Infinite, exit.Token));
    if (manner == "stubborn")
        await SleepAsync();
    return 0;
}
