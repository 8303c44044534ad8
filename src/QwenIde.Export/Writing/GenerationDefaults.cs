using System.Collections.Immutable;
using System.Text.Json;
using QwenIde.Qwen;

namespace QwenIde.Export.Writing;

/// <summary>What a checkpoint's <c>generation_config.json</c> advises; the model card's values where it says nothing.</summary>
internal sealed record GenerationDefaults
{
    private static readonly SamplingOptions Card = new();

    public bool Sample { get; private init; } = true;

    public double Temperature { get; private init; } = Math.Round(Card.Temperature, 4);

    public int TopK { get; private init; } = Card.TopK;

    public double TopP { get; private init; } = Math.Round(Card.TopP, 4);

    public double RepetitionPenalty { get; private init; } = Math.Round(Card.RepetitionPenalty, 4);

    public ImmutableArray<int> EndTokens { get; private init; } = [];

    /// <summary>Reads the file of a checkpoint directory; a directory without one, or none, gives the defaults.</summary>
    /// <exception cref="ExportException">The file is broken.</exception>
    public static GenerationDefaults Load(string? directory)
    {
        var defaults = new GenerationDefaults();
        if (directory is null)
            return defaults;
        var path = Path.Combine(directory, "generation_config.json");
        if (!File.Exists(path))
            return defaults;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var fields = new ConfigFields(document.RootElement, path);
            return new GenerationDefaults
            {
                Sample = fields.Flag("do_sample") ?? defaults.Sample,
                Temperature = fields.OptionalNumber("temperature", 0, 100) ?? defaults.Temperature,
                TopK = fields.OptionalSize("top_k", 0, int.MaxValue) ?? defaults.TopK,
                TopP = fields.OptionalNumber("top_p", 0, 1) ?? defaults.TopP,
                RepetitionPenalty = fields.OptionalNumber("repetition_penalty", 0, 100) ?? defaults.RepetitionPenalty,
                EndTokens = fields.Integers("eos_token_id", 0, int.MaxValue) ?? [],
            };
        }
        catch (JsonException exception)
        {
            throw new ExportException($"{path} is not JSON: {exception.Message.TrimEnd('.')}.", exception);
        }
    }
}
