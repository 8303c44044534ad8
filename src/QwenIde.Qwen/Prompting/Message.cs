using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Qwen.Prompting;

/// <summary>One message of a conversation, as the chat template sees it.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>; any other is written as it is.</param>
/// <param name="Content">The text; empty where there is none.</param>
public sealed record Message(string Role, string Content)
{
    /// <summary>The calls that an assistant made, in order.</summary>
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>
    /// The token ids the model generated for this assistant turn, without the closing <c>&lt;|im_end|&gt;</c>. Where they are
    /// known they stand in the prompt instead of the rendered text, so that a cached prefix is not lost to a difference of
    /// spelling. Default where they are not known.
    /// </summary>
    public ImmutableArray<int> GeneratedIds { get; init; }
}

/// <summary>A tool call by the model.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">A JSON object; numbers keep their spelling.</param>
public sealed record ToolCall(string Name, JsonElement Arguments);

/// <summary>A tool that the model may call.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Function">
/// The bare function object: <c>name</c>, <c>description</c>, <c>parameters</c> (a JSON schema) and whatever else stands
/// there. The template writes it in schema order.
/// </param>
public sealed record ToolDefinition(string Name, JsonElement Function)
{
    /// <summary>Reads a tool that comes bare or wrapped as <c>{"type":"function","function":{…}}</c>.</summary>
    /// <exception cref="FormatException">The tool has no name.</exception>
    public static ToolDefinition Parse(JsonElement tool)
    {
        JsonElement function = tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("function", out JsonElement inner) ? inner : tool;
        if (function.ValueKind != JsonValueKind.Object
            || !function.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String)
            throw new FormatException("A tool needs a `name`: give {\"name\": …, \"parameters\": …}, bare or under `function`.");
        return new ToolDefinition(name.GetString()!, function);
    }

    /// <summary>The schema of the parameters, or an undefined element where the tool has none.</summary>
    public JsonElement Parameters => Function.TryGetProperty("parameters", out JsonElement parameters) ? parameters : default;
}
