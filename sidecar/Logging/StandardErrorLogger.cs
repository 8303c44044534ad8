using Microsoft.Extensions.Logging;
using QwenIde.Sidecar.Cli;

namespace QwenIde.Sidecar.Logging;

/// <summary>Writes one line an entry to standard error: time, level, message. Standard output belongs to the protocol.</summary>
internal sealed class StandardErrorLogger(LogLevel least, TextWriter error) : ILogger
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= least;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = VisibleText.Escape(formatter(state, exception));
        var line = $"{DateTimeOffset.Now:HH:mm:ss.fff} {Name(logLevel)} {text}";
        lock (_gate)
        {
            try
            {
                error.WriteLine(line);
                if (exception is not null)
                    foreach (var detail in exception.ToString().Split('\n'))
                        error.WriteLine("  " + VisibleText.Escape(detail.TrimEnd('\r')));
            }
            catch (IOException)
            {
                // Nobody reads the log any more; that is no reason to fail.
            }
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
