using System.Buffers;
using System.Collections.Immutable;
using System.IO.Enumeration;

namespace QwenIde.Export.Hub;

/// <summary>Which files of a repository are fetched.</summary>
public static class HubSelection
{
    // Weights in other formats would double a download of 160 GB for nothing.
    private static readonly ImmutableArray<string> Needed =
        ["*.safetensors", "*.json", "*.jinja", "*.txt", "*.onnx", "*.onnx.data", "*.onnx_data*", "LICENSE*", "README.md"];

    private static readonly SearchValues<char> Unsafe = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), .. "\\:*?\"<>|"]);

    /// <summary>The files that match one of the globs, or those that an export or a model directory needs.</summary>
    /// <exception cref="HubException">Nothing matches.</exception>
    public static ImmutableArray<HubFile> Select(HubRepository repository, ImmutableArray<string> include)
    {
        ImmutableArray<string> globs = include.IsDefaultOrEmpty ? Needed : include;
        ImmutableArray<HubFile> chosen =
            [.. repository.Files.Where(file => globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, file.Path)))];
        return chosen.IsEmpty
            ? throw new HubException($"{repository.Id} has no file that matches {string.Join(", ", globs)}.")
            : chosen;
    }

    /// <summary>Whether a path from the hub names a file inside a folder, on every system that we run on.</summary>
    public static bool IsSafe(string path) =>
        path.Length is > 0 and <= 1024
        && !path.AsSpan().ContainsAny(Unsafe)
        && path.Split('/').All(part => part.Length > 0 && !part.StartsWith('.') && !part.EndsWith('.') && !part.EndsWith(' ') && !IsDevice(part));

    // Windows opens its devices under these names, whatever follows the first dot.
    private static bool IsDevice(string part) => part.Split('.')[0].ToUpperInvariant() is
        "CON" or "PRN" or "AUX" or "NUL"
        or ['C', 'O', 'M', >= '0' and <= '9'] or ['L', 'P', 'T', >= '0' and <= '9'];
}
