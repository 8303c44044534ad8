using System.Diagnostics;
using System.Text.Json;
using QwenIde.Bench.Engine.Measuring;

namespace QwenIde.Bench.Engine.Contenders;

/// <summary>An engine in a process of its own, which answers requests one at a time by lines of JSON.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Process _process;

    private Contender(Process process, Introduction introduction)
    {
        _process = process;
        Introduction = introduction;
        AfterLoad = ProcessMemory.Of(process);
    }

    public Introduction Introduction { get; }

    /// <summary>Memory when the model was loaded, before the first request.</summary>
    public ProcessMemory AfterLoad { get; }

    /// <summary>Memory now.</summary>
    public ProcessMemory Memory => ProcessMemory.Of(_process);

    /// <summary>Starts a process and waits until its model is loaded.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<Contender> StartAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            return new Contender(process, await ReadAsync<Introduction>(process, cancellationToken));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Lets it run a request.</summary>
    /// <exception cref="InvalidOperationException">It ended before it had answered.</exception>
    public async Task<Answer> AskAsync(Request request, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(request, MessageFormat.Options);
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadAsync<Answer>(_process, cancellationToken);
    }

    public void Dispose() => End(_process);

    private static async Task<T> ReadAsync<T>(Process process, CancellationToken cancellationToken)
    {
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException(
                $"{Path.GetFileName(process.StartInfo.FileName)} ended before it had answered; its own lines above say why.");
        return JsonSerializer.Deserialize<T>(line, MessageFormat.Options)!;
    }

    private static void End(Process process)
    {
        using (process)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}
