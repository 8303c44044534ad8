using System.Text.Json;
using Microsoft.Extensions.AI;
using QwenIde.Qwen.Chat;
using QwenIde.Qwen.Prompting;

namespace QwenIde.Qwen.Tests.Chat;

public sealed class SamplingMappingTests
{
    [Fact]
    public void Each_dialect_has_the_defaults_of_its_model_card()
    {
        Assert.Equal(new SamplingOptions { Temperature = 1, TopP = 0.95f, TopK = 40 }, SamplingMapping.DefaultsOf(ChatDialect.Next));
        Assert.Equal(
            new SamplingOptions { Temperature = 0.7f, TopP = 0.8f, TopK = 20, RepetitionPenalty = 1.05f },
            SamplingMapping.DefaultsOf(ChatDialect.Coder30B));
    }

    [Fact]
    public void What_the_options_say_replaces_the_default_and_nothing_else()
    {
        var defaults = SamplingOptions.Coder30B;
        Assert.Equal(defaults, default(ChatOptions).ToSampling(defaults));
        Assert.Equal(defaults, new ChatOptions().ToSampling(defaults));
        Assert.Equal(defaults with { Temperature = 0, Seed = 7 }, new ChatOptions { Temperature = 0, Seed = 7 }.ToSampling(defaults));
        var options = new ChatOptions
        {
            TopK = 3,
            TopP = 0.5f,
            AdditionalProperties = new() { ["min_p"] = 0.25, ["repetition_penalty"] = JsonSerializer.SerializeToElement(1.5) },
        };
        Assert.Equal(defaults with { TopK = 3, TopP = 0.5f, MinP = 0.25f, RepetitionPenalty = 1.5f }, options.ToSampling(defaults));
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_one_sentence()
    {
        Assert.Contains(
            "`repetition_penalty`",
            Assert.Throws<NotSupportedException>(() => new ChatOptions { PresencePenalty = 1 }.ToSampling(new SamplingOptions())).Message,
            StringComparison.Ordinal);
        var unfit = new ChatOptions { AdditionalProperties = new() { ["min_p"] = "much" } };
        Assert.Contains(
            "`min_p` is not a number",
            Assert.Throws<ArgumentException>(() => unfit.ToSampling(new SamplingOptions())).Message,
            StringComparison.Ordinal);
    }
}
