using System.Diagnostics;
using System.Globalization;

namespace QwenIde.Bench.Engine.Measuring;

/// <summary>Resident memory of a process, in bytes.</summary>
/// <param name="Resident">Everything.</param>
/// <param name="Peak">The most so far.</param>
/// <param name="Anonymous">What no file stands behind; null where the system does not say.</param>
/// <param name="FileBacked">Mapped files, of which the system may drop pages at any time; null likewise.</param>
internal sealed record ProcessMemory(long Resident, long Peak, long? Anonymous, long? FileBacked)
{
    /// <summary>Looks at a running process.</summary>
    public static ProcessMemory Of(Process process)
    {
        process.Refresh();
        var status = $"/proc/{process.Id}/status";
        if (!File.Exists(status))
            return new ProcessMemory(process.WorkingSet64, process.PeakWorkingSet64, null, null);
        var lines = File.ReadAllLines(status)
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());
        long Bytes(string name) => 1024 * long.Parse(lines[name].Split(' ')[0], CultureInfo.InvariantCulture);
        return new ProcessMemory(Bytes("VmRSS"), Bytes("VmHWM"), Bytes("RssAnon"), Bytes("RssFile"));
    }
}
