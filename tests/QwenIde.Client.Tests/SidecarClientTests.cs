using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Client.Tests;

/// <summary>Against a real child process: <c>tests/QwenIde.Client.TestSidecar</c>.</summary>
public sealed class SidecarClientTests
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "QwenIde.Client.TestSidecar.dll");

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_sidecar_has_been_greeted_and_answers_calls()
    {
        var lines = new ConcurrentQueue<string>();
        await using var watched = new Watched(Options("serve") with
        {
            ErrorLine = lines.Enqueue,
            Environment = new Dictionary<string, string?> { ["GREETING"] = "grüße" },
        });
        watched.Client.Start();
        var answer = watched.Client.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, Ending);

        Assert.Equal("The sidecar is starting.", (await watched.NextAsync(SidecarPhase.Starting)).Message);
        Assert.Equal("test", (await watched.NextAsync(SidecarPhase.Running)).Server?.ServerInfo?.Name);
        Assert.Equal(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), (await answer).Message);
        await watched.Client.DisposeAsync();
        Assert.Contains($"Started by {Environment.ProcessId} with grüße.", lines);
        Assert.Equal("The sidecar was stopped.", watched.Client.State.Message);
    }

    [Fact]
    public async Task A_sidecar_that_dies_fails_the_open_call_and_is_started_again_after_a_wait()
    {
        var time = new FakeTimeProvider();
        await using var watched = new Watched(Options("serve") with { Time = time });
        watched.Client.Start();
        await watched.NextAsync(SidecarPhase.Running);
        var first = await watched.Client.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, Ending);

        await Assert.ThrowsAsync<RpcConnectionClosedException>(() => watched.ExecuteAsync("die"));
        var waiting = await watched.NextAsync(SidecarPhase.Waiting);
        Assert.Equal("The sidecar ended with exit code 5: Out of memory. It is started again in 1 s.", waiting.Message);
        var second = watched.Client.RequestAsync(QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, Ending);
        await AdvanceUntilAsync(time, watched.NextAsync(SidecarPhase.Starting));

        Assert.NotEqual(first.Version, (await second).Version);
    }

    [Fact]
    public async Task A_sidecar_that_keeps_dying_is_given_up_with_the_reason_and_can_be_started_anew()
    {
        await using var watched = new Watched(Options("refuse-to-start") with
        {
            Restart = new RestartPolicy { Most = 2, FirstDelay = TimeSpan.FromMilliseconds(1) },
        });
        watched.Client.Start();

        var failed = await watched.NextAsync(SidecarPhase.Failed);
        Assert.Equal(
            "The sidecar ended with exit code 3: No SDK was found. It ended 3 times within 180 s and is not started again.", failed.Message);
        var refused = await Assert.ThrowsAsync<SidecarUnavailableException>(() => watched.ExecuteAsync("wait"));
        Assert.Equal(failed.Message, refused.Message);

        watched.Client.Start();
        await watched.NextAsync(SidecarPhase.Starting);
        await watched.NextAsync(SidecarPhase.Failed);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_said_at_once()
    {
        await using var watched = new Watched(Options("serve") with { Program = "/no/such/qwenide" });
        watched.Client.Start();

        var failed = await watched.NextAsync(SidecarPhase.Failed);
        Assert.StartsWith("The sidecar '/no/such/qwenide' cannot be started: ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sidecar_that_refuses_to_begin_is_ended_and_its_sentence_kept()
    {
        await using var watched = new Watched(Options("refuse") with { Restart = new RestartPolicy { Most = 0 } });
        watched.Client.Start();

        Assert.StartsWith(
            "The sidecar refused to begin: This version is too old.", (await watched.NextAsync(SidecarPhase.Failed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sidecar_that_stays_silent_is_ended_and_started_again()
    {
        var time = new FakeTimeProvider();
        var greeted = new TaskCompletionSource();
        await using var watched = new Watched(Options("silent") with
        {
            Time = time,
            ErrorLine = _ => greeted.TrySetResult(),
            StartTimeout = TimeSpan.FromSeconds(10),
        });
        watched.Client.Start();
        await greeted.Task.WaitAsync(Ending);

        var waiting = watched.NextAsync(SidecarPhase.Waiting);
        await AdvanceUntilAsync(time, waiting);
        Assert.Equal("The sidecar did not answer within 10 s. It is started again in 1 s.", (await waiting).Message);
    }

    [Fact]
    public async Task Disposing_ends_the_sidecar()
    {
        var watched = new Watched(Options("serve"));
        watched.Client.Start();
        using var sidecar = await watched.ProcessAsync();

        await watched.DisposeAsync();

        Assert.True(sidecar.HasExited);
        await Assert.ThrowsAsync<SidecarUnavailableException>(() => watched.ExecuteAsync("wait"));
        Assert.Throws<ObjectDisposedException>(watched.Client.Start);
    }

    [Fact]
    public async Task Disposing_fails_open_calls()
    {
        var watched = new Watched(Options("serve"));
        watched.Client.Start();
        await watched.NextAsync(SidecarPhase.Running);
        var open = watched.ExecuteAsync("wait");

        await watched.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => open);
        Assert.True(open.Exception?.InnerException is RpcConnectionClosedException or RpcRemoteException { Code: RpcErrorCodes.RequestCancelled });
    }

    [Fact]
    public async Task A_sidecar_that_does_not_go_is_killed_with_all_it_started()
    {
        var watched = new Watched(Options("stubborn") with { StopTimeout = TimeSpan.FromMilliseconds(100) });
        watched.Client.Start();
        using var sidecar = await watched.ProcessAsync();
        var id = await watched.ExecuteAsync("start a child");
        using var child = Process.GetProcessById(id!.Value.GetInt32());

        await watched.DisposeAsync();

        await sidecar.WaitForExitAsync(Ending);
        await child.WaitForExitAsync(Ending);
    }

    [Fact]
    public async Task When_the_front_end_is_killed_the_sidecar_ends_too()
    {
        using var frontEnd = Process.Start(new ProcessStartInfo("dotnet", [_program, "front-end"]) { RedirectStandardOutput = true })!;
        var id = await frontEnd.StandardOutput.ReadLineAsync(Ending);
        using var sidecar = Process.GetProcessById(int.Parse(id!, System.Globalization.CultureInfo.InvariantCulture));

        frontEnd.Kill();

        await frontEnd.WaitForExitAsync(Ending);
        await sidecar.WaitForExitAsync(Ending);
    }

    [Fact]
    public void Waits_double_up_to_a_limit_and_old_restarts_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var budget = new RestartBudget(
            new RestartPolicy { Most = 4, FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5), Window = TimeSpan.FromMinutes(1) }, time);

        Assert.Equal([1, 2, 4, 5, null], Enumerable.Range(0, 5).Select(_ => budget.Next()?.TotalSeconds));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, budget.Next()?.TotalSeconds);
    }

    private static SidecarOptions Options(string manner) => new()
    {
        Program = "dotnet",
        Arguments = [_program, manner],
        Initialize = new InitializeParams { Capabilities = new ClientCapabilities() },
    };

    /// <summary>The timer may not be set yet when the state is told, so the clock is moved until it has fired.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task reached)
    {
        while (!reached.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(reached, Task.Run(() => { }, Ending));
        }

        await reached;
    }
}
