using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Client;

/// <summary>How to start the sidecar, and how often again.</summary>
public sealed record SidecarOptions
{
    /// <summary>The program: <c>qwenide</c>, or <c>dotnet</c> with the sidecar's assembly as first argument.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = ["serve", "--stdio"];

    /// <summary>Environment variables to set, or to remove where the value is null.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Where it runs: a folder outside the user's tree, because a <c>global.json</c> there would choose what runs.
    /// Null for the folder of this assembly.
    /// </summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What is said at the beginning of each connection; the process id is filled in.</summary>
    public required InitializeParams Initialize { get; init; }

    /// <summary>Gives what we serve to the sidecar, once for each connection.</summary>
    public Func<RpcHandlers> Handlers { get; init; } = static () => new RpcHandlers();

    /// <summary>When to start it again.</summary>
    public RestartPolicy Restart { get; init; } = new();

    /// <summary>How long it may take to answer <c>initialize</c>.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take to end by itself before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Called with each line of its standard error, from any thread.</summary>
    public Action<string>? ErrorLine { get; init; }

    /// <summary>Called for everything that happens on the connection.</summary>
    public Action<RpcTrace>? Trace { get; init; }

    /// <summary>The clock for all of these times.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>When a sidecar that ended is started again: later each time, and not without end.</summary>
public sealed record RestartPolicy
{
    /// <summary>Restarts within <see cref="Window"/> before it is given up.</summary>
    public int Most { get; init; } = 5;

    /// <summary>The time in which restarts are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The wait before the first restart; it doubles with each one within the window.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);
}
