using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using QwenIde.Bench.Measuring;

namespace QwenIde.Bench.Reporting;

/// <summary>Writes results for programs and for people.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes <c>results.json</c> and <c>results.md</c>, and the latter to standard output too.</summary>
    public static void Write(ImmutableArray<SolutionResult> results, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(results, _json));
        var markdown = Markdown.Render(results);
        File.WriteAllText(Path.Combine(folder, "results.md"), markdown);
        Console.WriteLine(markdown);
    }

    /// <summary>One process's results, for the process that started it.</summary>
    public static string ToJson(RunResult result) => JsonSerializer.Serialize(result, _json);

    /// <summary>Reads <see cref="ToJson"/>.</summary>
    public static RunResult ReadRun(string json) => JsonSerializer.Deserialize<RunResult>(json, _json)!;
}
