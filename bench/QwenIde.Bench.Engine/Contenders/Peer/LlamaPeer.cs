using System.Globalization;
using QwenIde.Bench.Engine.Gguf;

namespace QwenIde.Bench.Engine.Contenders.Peer;

/// <summary>llama.cpp, through npm <c>node-llama-cpp</c>, on a model of the same shape.</summary>
internal static class LlamaPeer
{
    // Of 512 and 2,048, the faster one on the machine that the figures of bench/README.md come from.
    private const int Batch = 512;

    /// <summary>Where the model is, or is to be.</summary>
    public static string ModelPath(EngineOptions options) => Path.Combine(options.Models, $"{options.Shape.Name}.gguf");

    /// <summary>Writes the model unless it is there, and starts the contender.</summary>
    public static Task<Contender> StartAsync(EngineOptions options, string peer, CancellationToken cancellationToken)
    {
        var model = ModelPath(options);
        if (!File.Exists(model))
        {
            var partial = $"{model}.partial";
            GgufModel.Write(partial, options.Shape);
            File.Move(partial, model);
        }
        var script = Path.Combine(AppContext.BaseDirectory, "llama.mjs");
        string[] numbers = [.. new[] { options.Threads, options.Context, Batch }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return Contender.StartAsync(options.Node, [script, peer, model, .. numbers], cancellationToken);
    }
}
