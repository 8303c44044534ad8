using System.Diagnostics;
using System.Text;

namespace QwenIde.Sidecar.Tests.Process;

/// <summary>What a run of <c>qwenide</c> left behind.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>The real program, started as a shell would.</summary>
internal static class QwenIdeProgram
{
    /// <summary>How long a test waits for something that must happen before it calls it a hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "qwenide.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(StartInfo(arguments));

    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start)
    {
        using var process = System.Diagnostics.Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var result = new ProgramResult(process.ExitCode, await output, await error);
            if (result.ExitCode is not (0 or 1 or 2))
                Assert.Fail($"qwenide ended with {result.ExitCode}:\n{result.Error}");
            return result;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
