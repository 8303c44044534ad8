using System.Text.Json;
using QwenIde.Qwen.Prompting.Python;

namespace QwenIde.Qwen.Prompting;

/// <summary>Which of the two Qwen3-Coder templates is written. They differ in bytes, so the model decides, not the family.</summary>
public enum ChatDialect
{
    /// <summary>Qwen3-Coder-Next.</summary>
    Next,

    /// <summary>Qwen3-Coder 30B-A3B and 480B-A35B.</summary>
    Coder30B,
}

/// <summary>
/// Writes conversations as Qwen3-Coder reads them: the model's Jinja template by hand, byte for byte as Python renders it.
/// </summary>
/// <remarks>
/// In short: <c>&lt;|im_start|&gt;role⏎content&lt;|im_end|&gt;⏎</c> for each turn; tools as XML behind the system text; calls
/// as <c>&lt;tool_call&gt;⏎&lt;function=name&gt;⏎&lt;parameter=key&gt;⏎value⏎&lt;/parameter&gt;…</c>; results of tools share a
/// user turn.
/// </remarks>
public sealed partial class ChatTemplate
{
    private ChatTemplate(ChatDialect dialect) => Dialect = dialect;

    /// <summary>The template of Qwen3-Coder-Next.</summary>
    public static ChatTemplate Next { get; } = new(ChatDialect.Next);

    /// <summary>The template of Qwen3-Coder 30B-A3B and 480B-A35B.</summary>
    public static ChatTemplate Coder30B { get; } = new(ChatDialect.Coder30B);

    /// <summary>Which template this is.</summary>
    public ChatDialect Dialect { get; }

    /// <summary>Writes a conversation.</summary>
    /// <param name="messages">Oldest first. Results of tools follow the assistant's message with the calls, in the order of the calls.</param>
    /// <param name="tools">What may be called; null or empty for nothing.</param>
    /// <param name="addGenerationPrompt">Whether the assistant's next turn is opened.</param>
    /// <exception cref="ArgumentException">The arguments of a call are not an object.</exception>
    public RenderedPrompt Render(IReadOnlyList<Message> messages, IReadOnlyList<ToolDefinition>? tools = null, bool addGenerationPrompt = true)
    {
        var prompt = new PromptBuilder();
        var first = messages.Count > 0 && messages[0].Role == Roles.System ? 1 : 0;
        WriteSystem(prompt, first == 1 ? messages[0].Content : null, tools ?? []);
        if (first == 1)
            prompt.EndMessage();
        for (var i = first; i < messages.Count; i++)
        {
            if (messages[i].Role == Roles.Tool)
                WriteToolResult(prompt, messages, i, first);
            else
                WriteTurn(prompt, messages[i]);
            prompt.EndMessage();
        }

        if (addGenerationPrompt)
            prompt.Literal("<|im_start|>assistant\n");
        return prompt.Build();
    }

    private void WriteSystem(PromptBuilder prompt, string? content, IReadOnlyList<ToolDefinition> tools)
    {
        if (content is null && tools.Count == 0)
            return;
        prompt.Literal("<|im_start|>system\n").Content(content ?? DefaultSystem);
        if (tools.Count > 0)
        {
            prompt.Literal("\n\n# Tools\n\nYou have access to the following functions:\n\n<tools>");
            foreach (var tool in tools)
                WriteTool(prompt, PythonJson.ReplaceLoneSurrogates(tool.Function));
            prompt.Literal("\n</tools>\n\n").Literal(_toolInstruction);
        }

        prompt.Literal("<|im_end|>\n");
        prompt.EndSystem();
    }

    private void WriteTool(PromptBuilder prompt, JsonElement tool)
    {
        WriteElement(prompt.Literal("\n<function>"), "name", PythonText.Str(tool.GetProperty("name")));
        if (tool.TryGetProperty("description", out var description))
            WriteElement(prompt, "description", PythonText.Trim(PythonText.Str(description)));
        prompt.Literal("\n<parameters>");
        if (tool.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object)
        {
            if (parameters.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var (name, schema) in PythonJson.Members(properties))
                    WriteParameter(prompt, name, schema);
            }

            WriteOthers(prompt, parameters, "type", "properties");
        }

        prompt.Literal("\n</parameters>");
        WriteOthers(prompt, tool, "type", "name", "description", "parameters");
        prompt.Literal("\n</function>");
    }

    private void WriteParameter(PromptBuilder prompt, string name, JsonElement schema)
    {
        WriteElement(prompt.Literal("\n<parameter>"), "name", name);
        if (schema.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("type", out var type))
                WriteElement(prompt, "type", PythonText.Str(type));
            if (schema.TryGetProperty("description", out var description))
                WriteElement(prompt, "description", PythonText.Trim(PythonText.Str(description)));
            WriteOthers(prompt, schema, "name", "type", "description");
        }

        prompt.Literal("\n</parameter>");
    }

    /// <summary>The members that have no place of their own, in the order of the schema.</summary>
    private void WriteOthers(PromptBuilder prompt, JsonElement schema, params ReadOnlySpan<string> handled)
    {
        foreach (var (name, value) in PythonJson.Members(schema))
        {
            if (!handled.Contains(name))
                WriteElement(prompt, name, ValueText(value));
        }
    }

    private static void WriteElement(PromptBuilder prompt, string name, string text) =>
        prompt.Content($"\n<{name}>{text}</{name}>");

    /// <summary>A value where the template writes values: strings are raw; what else is JSON depends on the model.</summary>
    private string ValueText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => PythonJson.Dumps(value),
        _ => Dialect == ChatDialect.Next ? PythonJson.Dumps(value) : PythonText.Str(value),
    };

    private void WriteTurn(PromptBuilder prompt, Message message)
    {
        prompt.Special(ControlTokens.TurnStart).Content(message.Role);
        if (message.Role != Roles.Assistant)
            prompt.Literal("\n").Content(message.Content);
        else if (message.GeneratedIds.IsDefault)
            WriteAnswer(prompt, message);
        else
            prompt.Literal("\n").Ids(message.GeneratedIds, AnswerText(message));
        prompt.Literal("<|im_end|>\n");
    }

    private void WriteAnswer(PromptBuilder prompt, Message message)
    {
        if (message.ToolCalls.IsDefaultOrEmpty)
        {
            prompt.Literal("\n").Content(message.Content);
            return;
        }

        if (PythonText.Trim(message.Content) is { Length: > 0 } content)
            prompt.Literal("\n").Content(content).Literal("\n");
        foreach (var call in message.ToolCalls)
            WriteCall(prompt, call);
    }

    /// <summary>What would stand for the ids, behind the line break that ends the role.</summary>
    private string AnswerText(Message message)
    {
        var answer = new PromptBuilder();
        WriteAnswer(answer, message);
        return answer.Build().Text[1..];
    }

    private void WriteCall(PromptBuilder prompt, ToolCall call)
    {
        prompt.Literal("\n<tool_call>\n<function=").Content(call.Name).Literal(">\n");
        var arguments = PythonJson.ReplaceLoneSurrogates(call.Arguments);
        if (arguments.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
            throw new ArgumentException($"The arguments of the call of '{call.Name}' are not a JSON object; parse them first if they are JSON in a string.");
        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var (name, value) in PythonJson.Members(arguments))
                prompt.Content($"<parameter={name}>\n{ValueText(value)}\n</parameter>\n");
        }

        prompt.Literal("</function>\n</tool_call>");
    }

    /// <summary>Results one after another share a turn; the first opens it, the last closes it.</summary>
    private void WriteToolResult(PromptBuilder prompt, IReadOnlyList<Message> messages, int index, int first)
    {
        var isNext = Dialect == ChatDialect.Next;

        // The template opens no turn for a result that nothing stands before.
        if (index > first && messages[index - 1].Role != Roles.Tool)
            prompt.Literal(isNext ? "<|im_start|>user" : "<|im_start|>user\n");
        prompt.Literal(isNext ? "\n<tool_response>\n" : "<tool_response>\n")
            .Content(messages[index].Content)
            .Literal(isNext ? "\n</tool_response>" : "\n</tool_response>\n");
        if (index == messages.Count - 1 || messages[index + 1].Role != Roles.Tool)
            prompt.Literal("<|im_end|>\n");
    }
}
