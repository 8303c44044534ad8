using Microsoft.Extensions.Logging;
using QwenIde.Sidecar.Logging;

namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide serve</c> was asked to do.</summary>
internal sealed record ServeArguments(int? ParentProcess, LogLevel LogLevel);

/// <summary><c>qwenide serve --stdio</c>: a language server and conversations, over one connection.</summary>
internal static class ServeCommand
{
    /// <summary>Runs until the connection ends and gives the exit code, which is the Language Server Protocol's.</summary>
    /// <param name="arguments">What was asked.</param>
    /// <param name="packagesFolder">The NuGet package cache; null for the usual one.</param>
    /// <param name="advice">What the user should know about this machine; null if all is well.</param>
    /// <param name="obstacle">Why no workspace can be opened on this machine; null if one can.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    public static async Task<int> RunAsync(
        ServeArguments arguments, string? packagesFolder, string? advice, string? obstacle, CancellationToken cancellationToken)
    {
        await using var server = new LanguageServer.LanguageServer(
            Console.OpenStandardInput(),
            Console.OpenStandardOutput(),
            packagesFolder,
            advice,
            obstacle,
            new StandardErrorLogger(arguments.LogLevel, Console.Error));
        return await server.RunAsync(arguments.ParentProcess, cancellationToken);
    }
}
