using System.Runtime.InteropServices;

namespace QwenIde.Bench.Engine.Measuring;

/// <summary>The machine that figures come from.</summary>
internal static class Machine
{
    /// <summary>Processor, system and runtime in one line.</summary>
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.ProcessArchitecture}, .NET {Environment.Version}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file))
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";
        var lines = File.ReadLines(file).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).ToDictionary(
            parts => parts[0].Trim(), parts => parts[^1].Trim());
        string Value(string key) => lines.GetValueOrDefault(key, "?");
        var flags = Value("flags").Split(' ');
        var vectors = flags.Contains("avx512_vnni") ? "AVX-512 with VNNI" : flags.Contains("avx2") ? "AVX2" : "no AVX2";
        return $"{Value("model name")} (family {Value("cpu family")}, model {Value("model")}, {vectors})";
    }
}
