using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using QwenIde.Qwen.Prompting;

namespace QwenIde.Qwen.Chat;

/// <summary>How <see cref="ChatOptions"/> say what <see cref="SamplingOptions"/> do.</summary>
public static class SamplingMapping
{
    /// <summary>The key of <see cref="SamplingOptions.MinP"/> in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string MinPName = "min_p";

    /// <summary>The key of <see cref="SamplingOptions.RepetitionPenalty"/> in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string RepetitionPenaltyName = "repetition_penalty";

    /// <summary>The model card's defaults for the models of a dialect.</summary>
    public static SamplingOptions DefaultsOf(ChatDialect dialect) =>
        dialect == ChatDialect.Next ? new SamplingOptions() : SamplingOptions.Coder30B;

    /// <summary>The defaults with what the options say instead.</summary>
    /// <exception cref="NotSupportedException">The options ask for a frequency or presence penalty.</exception>
    /// <exception cref="ArgumentException">An additional property is not a number.</exception>
    public static SamplingOptions ToSampling(this ChatOptions? options, SamplingOptions defaults)
    {
        if (options is null)
            return defaults;
        if (options.FrequencyPenalty is not (null or 0) || options.PresencePenalty is not (null or 0))
            throw new NotSupportedException($"Frequency and presence penalties are not supported; use `{RepetitionPenaltyName}` in the additional properties.");
        return defaults with
        {
            Temperature = options.Temperature ?? defaults.Temperature,
            TopK = options.TopK ?? defaults.TopK,
            TopP = options.TopP ?? defaults.TopP,
            MinP = Number(options, MinPName) ?? defaults.MinP,
            RepetitionPenalty = Number(options, RepetitionPenaltyName) ?? defaults.RepetitionPenalty,
            Seed = options.Seed ?? defaults.Seed,
        };
    }

    private static float? Number(ChatOptions options, string name) => options.AdditionalProperties?.GetValueOrDefault(name) switch
    {
        null => null,
        JsonElement { ValueKind: JsonValueKind.Number } json => json.GetSingle(),
        (float or double or decimal or int or long) and var number => Convert.ToSingle(number, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"The additional property `{name}` is not a number.", nameof(options)),
    };
}
