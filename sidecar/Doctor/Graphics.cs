using System.Runtime.InteropServices;

namespace QwenIde.Sidecar.Doctor;

/// <summary>Whether the machine has a graphics processor, as far as files tell.</summary>
internal static class Graphics
{
    /// <summary>Looks for the drivers' files.</summary>
    public static Finding Examine()
    {
        const string Name = "Graphics processor";
        if (OperatingSystem.IsMacOS())
            return RuntimeInformation.OSArchitecture == Architecture.Arm64
                ? new(Name, FindingState.Ok, "Apple silicon")
                : new(Name, FindingState.Unknown, "cannot be told without running programs");
        if (OperatingSystem.IsWindows())
            return File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll"))
                ? new(Name, FindingState.Ok, "an NVIDIA driver is installed")
                : new(Name, FindingState.Unknown, "cannot be told without running programs");
        if (NvidiaModels() is { Length: > 0 } models)
            return new(Name, FindingState.Ok, string.Join(", ", models));
        if (File.Exists("/dev/kfd"))
            return new(Name, FindingState.Ok, "an AMD compute driver is loaded");
        return Directory.Exists("/dev/dri")
            ? new(Name, FindingState.Unknown, "there is one, of a kind that cannot be told without running programs")
            : new(Name, FindingState.Warn, "none found", "Nothing needs one yet.");
    }

    // Lines such as "Model:           NVIDIA H100".
    private static string[] NvidiaModels()
    {
        const string Folder = "/proc/driver/nvidia/gpus";
        try
        {
            return Directory.Exists(Folder)
                ? [.. Directory.GetDirectories(Folder)
                    .SelectMany(gpu => File.ReadLines(Path.Combine(gpu, "information")))
                    .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
                    .Select(line => line["Model:".Length..].Trim())]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
