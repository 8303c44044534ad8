using System.Text.Json;
using QwenIde.Bench.Engine.Contenders;
using QwenIde.Bench.Engine.Measuring;

namespace QwenIde.Bench.Engine.Reporting;

/// <summary>Writes a run's results for programs and for people.</summary>
internal static class EngineReport
{
    private static readonly JsonSerializerOptions _json = new(MessageFormat.Options) { WriteIndented = true };

    /// <summary>Writes <c>engine.json</c> and <c>engine.md</c>, and the latter to standard output too.</summary>
    public static void Write(EngineResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "engine.json"), JsonSerializer.Serialize(result, _json));
        var markdown = EngineTables.Render(result);
        File.WriteAllText(Path.Combine(folder, "engine.md"), markdown);
        Console.WriteLine(markdown);
    }
}
