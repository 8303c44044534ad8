using System.Diagnostics;
using System.Globalization;

namespace QwenIde.Workspace.Tests.Loading;

/// <summary>Tests that start processes, or prove that none was started, run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Processes
{
    public const string Name = "processes";

    /// <summary>Runs the installed <c>dotnet</c> in a folder and gives its output.</summary>
    public static async Task<string> DotNetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(RoslynRuntime.Loaded.DotNetRoot!, "dotnet"), arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        // A compiler or MSBuild node that stays behind would be a child of ours, and keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await error;
    }

    /// <summary>Waits until so many children live; one that was told to end takes a moment to go.</summary>
    public static async Task<bool> ReachLivingAsync(int count)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var patience = 400; patience > 0 && Children().Living != count; patience--)
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        return Children().Living == count;
    }

    /// <summary>What Linux counts for children: the page faults of those that ended, and how many live. If both stay the
    /// same, not one was started.</summary>
    public static (long FaultsOfEnded, int Living) Children()
    {
        const int ParentField = 1, ChildFaultsField = 8; // counted behind the name, which may hold spaces
        var living = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                if (Fields(Path.Combine(folder, "stat"))[ParentField] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                    living++;
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return (long.Parse(Fields("/proc/self/stat")[ChildFaultsField], CultureInfo.InvariantCulture), living);
    }

    private static string[] Fields(string file)
    {
        var text = File.ReadAllText(file);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }
}
