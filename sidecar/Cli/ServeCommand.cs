using Microsoft.Extensions.Logging;

namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide serve</c> was asked to do.</summary>
internal sealed record ServeArguments(int? ParentProcess, LogLevel LogLevel);

/// <summary><c>qwenide serve --stdio</c>: a language server and conversations, over one connection.</summary>
internal static class ServeCommand
{
    /// <summary>Runs until the connection ends and gives the exit code.</summary>
    public static Task<int> RunAsync(ServeArguments arguments, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
