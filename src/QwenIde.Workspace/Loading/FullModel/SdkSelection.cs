using System.Text.Json;

namespace QwenIde.Workspace.Loading.FullModel;

/// <summary>
/// Looks for <c>global.json</c> files that make the .NET host take an SDK from somewhere else. With <c>sdk.paths</c> a
/// repository can put a program of its own in the place of MSBuild, so even a trusted workspace does not get that.
/// </summary>
internal static class SdkSelection
{
    private const long LongestFile = 1024 * 1024;

    private static readonly JsonDocumentOptions _lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Why MSBuild must not be started for these projects, or null if it may.</summary>
    public static LoadIssue? Refusal(IEnumerable<string> projectFiles)
    {
        var folders = new HashSet<string>(PathNames.Comparer);
        foreach (var file in projectFiles)
            for (var folder = Path.GetDirectoryName(file); folder is not null && folders.Add(folder); folder = Path.GetDirectoryName(folder))
                if (Refusal(Path.Combine(folder, "global.json")) is { } refusal)
                    return refusal;
        return null;
    }

    private static LoadIssue? Refusal(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return null;
            if (file.Length > LongestFile)
                return Unreadable(path, "it is too long");
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), _lenient);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("sdk", out var sdk)
                && sdk.ValueKind == JsonValueKind.Object && sdk.TryGetProperty("paths", out var paths)
                ? new LoadIssue(ProblemSeverity.Warning,
                    $"MSBuild is not started, for {path} names SDKs of its own (sdk.paths: {paths.GetRawText()}), and such an SDK can be any program; the model from the project files stays.",
                    path)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, exception.Message.TrimEnd('.'));
        }
    }

    private static LoadIssue Unreadable(string path, string reason) => new(ProblemSeverity.Warning,
        $"MSBuild is not started, for {path} cannot be read ({reason}) and so may name an SDK of its own; the model from the project files stays.", path);
}
