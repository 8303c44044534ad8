using QwenIde.Protocol.Lsp;

namespace QwenIde.Client;

/// <summary>How the sidecar is.</summary>
/// <param name="Phase">The kind of state.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Server">What the sidecar said of itself, while it runs.</param>
public sealed record SidecarState(SidecarPhase Phase, string Message, InitializeResult? Server = null);

/// <summary>The kinds of <see cref="SidecarState"/>.</summary>
public enum SidecarPhase
{
    /// <summary>Not started yet, or stopped by us.</summary>
    Stopped,

    /// <summary>Started, and not ready yet.</summary>
    Starting,

    /// <summary>Ready.</summary>
    Running,

    /// <summary>Ended by itself; it will be started again.</summary>
    Waiting,

    /// <summary>Given up; <see cref="SidecarClient.Start"/> tries anew.</summary>
    Failed,
}

/// <summary>The sidecar is stopped or has been given up, so the call cannot be made.</summary>
public sealed class SidecarUnavailableException(string message) : InvalidOperationException(message);
