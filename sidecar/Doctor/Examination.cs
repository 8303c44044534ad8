using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using QwenIde.Sidecar.Startup;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Doctor;

/// <summary>Looks at the machine by reading files alone: no program is started, nothing is changed, nothing is sent.</summary>
internal static class Examination
{
    private const long Gibibyte = 1L << 30;

    /// <summary>All findings, the most important first.</summary>
    public static ImmutableArray<Finding> Run(Surroundings surroundings) =>
    [
        ExamineSdk(surroundings),
        ExamineRoslyn(surroundings),
        new("Runtime", FindingState.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        ExamineMemory(),
        ExamineProcessors(),
        ExamineDisk(),
        Graphics.Examine(),
        ExamineGit(surroundings),
        new("Model", FindingState.Ok, "none is needed: this version does not run a language model yet"),
    ];

    private static Finding ExamineSdk(Surroundings surroundings)
    {
        const string Advice = "Install the .NET SDK 10 or later, or let DOTNET_ROOT name the folder of an installation. Without one the language server runs on a Roslyn of its own, with fewer repairs.";
        if (surroundings.DotNetRoot is not { } root)
            return new("SDK", FindingState.Missing, "no .NET installation with an SDK was found", Advice);
        var folder = Path.Combine(root, "sdk");
        string[] versions = Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => MajorOf(name) > 0).OrderBy(MajorOf).ThenBy(name => name, StringComparer.Ordinal)]
            : [];
        if (versions.Length == 0)
            return new("SDK", FindingState.Missing, $"{root} (from {surroundings.DotNetRootSource}) holds no SDK", Advice);
        var found = $"{string.Join(", ", versions)} in {root} (from {surroundings.DotNetRootSource})";
        return versions.Any(version => MajorOf(version) >= 10)
            ? new("SDK", FindingState.Ok, found)
            : new("SDK", FindingState.Warn, found, Advice);
    }

    private static Finding ExamineRoslyn(Surroundings surroundings)
    {
        try
        {
            RoslynLocation location = ProcessSetup.FindRoslyn(surroundings);
            return location.SdkDirectory is { } sdk
                ? new("Roslyn", FindingState.Ok, $"{location.Description}, in {sdk}")
                : new("Roslyn", FindingState.Warn, $"{location.Description}, in {location.Folders[0]}", "With a .NET SDK 10 or later its own Roslyn is used, with more repairs and your C# version.");
        }
        catch (WorkspaceLoadException exception)
        {
            return new("Roslyn", FindingState.Missing, exception.Message, "Install the .NET SDK 10 or later.");
        }
    }

    private static Finding ExamineMemory()
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var value = $"{InGibibytes(available)} for this process";
        return available >= 4 * Gibibyte
            ? new("Memory", FindingState.Ok, value)
            : new("Memory", FindingState.Warn, value, "A solution of 100,000 lines takes up to 1 GiB beside your editor; close other programs.");
    }

    private static Finding ExamineProcessors() => Environment.ProcessorCount > 1
        ? new("Processors", FindingState.Ok, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))
        : new("Processors", FindingState.Warn, "1", "Diagnostics will follow typing slowly; two or more are better.");

    private static Finding ExamineDisk()
    {
        var folder = Path.GetTempPath();
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var value = $"{InGibibytes(free)} free at {folder}";
            return free >= Gibibyte
                ? new("Disk", FindingState.Ok, value)
                : new("Disk", FindingState.Warn, value, "Make room: editing stops safely when a disk is full, but it stops.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("Disk", FindingState.Unknown, $"{folder}: {exception.Message}");
        }
    }

    private static Finding ExamineGit(Surroundings surroundings)
    {
        var program = OperatingSystem.IsWindows() ? "git.exe" : "git";
        var found = surroundings.SearchPath.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        return found is not null
            ? new("Git", FindingState.Ok, found)
            : new("Git", FindingState.Warn, "not on the search path", "Install git to be able to take changes back with it.");
    }

    private static int MajorOf(string version) =>
        int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static string InGibibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gibibyte:0.0} GiB");
}
