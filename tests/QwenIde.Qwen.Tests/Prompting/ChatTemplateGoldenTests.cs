using System.Collections.Immutable;
using System.Text.Json;
using QwenIde.Qwen.Prompting;
using QwenIde.Qwen.Tests.Support;

namespace QwenIde.Qwen.Tests.Prompting;

/// <summary>Conversations as Jinja renders the models' own templates.</summary>
public sealed class ChatTemplateGoldenTests
{
    private static readonly Dictionary<string, JsonElement> _cases = TestData.Json("chat-template", "goldens.json")
        .GetProperty("cases").EnumerateArray().ToDictionary(golden => golden.GetProperty("id").GetString()!);

    public static TheoryData<string> Cases => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Next_writes_the_golden_prompt(string id) =>
        Assert.Equal(_cases[id].GetProperty("prompt_next").GetString(), Render(ChatTemplate.Next, _cases[id]).Text);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Coder_30B_writes_the_golden_prompt(string id) =>
        Assert.Equal(_cases[id].GetProperty("prompt_30b").GetString(), Render(ChatTemplate.Coder30B, _cases[id]).Text);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_golden_prompt_has_the_golden_ids(string id) =>
        Assert.Equal(Ids(_cases[id]), TestTokenizers.Qwen.EncodeVerbatim(Render(ChatTemplate.Next, _cases[id]).Text));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_runs_have_the_golden_ids_unless_content_spells_a_control_token(string id)
    {
        var prompt = Render(ChatTemplate.Next, _cases[id]);
        var spelt = prompt.Runs.Any(run => run.Kind == PromptRunKind.Text
            && TestTokenizers.Qwen.AddedTokens.Any(token => run.Text.Contains(token.Content, StringComparison.Ordinal)));
        if (spelt)
            Assert.NotEqual(Ids(_cases[id]), TestTokenizers.Qwen.EncodePrompt(prompt.Runs));
        else
            Assert.Equal(Ids(_cases[id]), TestTokenizers.Qwen.EncodePrompt(prompt.Runs));
    }

    private static int[] Ids(JsonElement golden) => [.. golden.GetProperty("token_ids_next").EnumerateArray().Select(id => id.GetInt32())];

    private static RenderedPrompt Render(ChatTemplate template, JsonElement golden)
    {
        var tools = golden.GetProperty("tools");
        return template.Render(
            [.. golden.GetProperty("messages").EnumerateArray().Select(ReadMessage)],
            tools.ValueKind == JsonValueKind.Null ? null : [.. tools.EnumerateArray().Select(ToolDefinition.Parse)],
            golden.GetProperty("add_generation_prompt").GetBoolean());
    }

    private static Message ReadMessage(JsonElement message) => new(
        message.GetProperty("role").GetString()!,
        message.TryGetProperty("content", out var content) ? content.GetString() ?? string.Empty : string.Empty)
    {
        ToolCalls = message.TryGetProperty("tool_calls", out var calls) ? [.. calls.EnumerateArray().Select(ReadCall)] : ImmutableArray<ToolCall>.Empty,
    };

    private static ToolCall ReadCall(JsonElement call)
    {
        var function = call.TryGetProperty("function", out var inner) ? inner : call;
        return new ToolCall(
            function.GetProperty("name").GetString()!, function.TryGetProperty("arguments", out var arguments) ? arguments : default);
    }
}
