using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using QwenIde.Qwen.Prompting;

namespace QwenIde.Qwen.Chat;

/// <summary>A conversation in the template's terms, made of one in those of Microsoft.Extensions.AI.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Tools">What may be called, in the order given.</param>
public sealed record Conversation(ImmutableArray<Message> Messages, ImmutableArray<ToolDefinition> Tools)
{
    /// <summary>Maps messages and the options that stand in the prompt: instructions and tools.</summary>
    /// <remarks>
    /// Texts of one message are joined as they are. Reasoning and usage are left out. Instructions stand before the first
    /// system message, in the same turn. Results of tools come in the order of their calls, since the template names
    /// neither. Tools stay in the prompt whatever <see cref="ChatOptions.ToolMode"/> says.
    /// </remarks>
    /// <exception cref="NotSupportedException">The model cannot read something, such as an image, or call a tool; the sentence says which.</exception>
    public static Conversation From(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        var mapping = new MessageMapping();
        foreach (var message in messages)
            mapping.Add(message);
        return new Conversation(
            WithInstructions(mapping.Finish(), options?.Instructions), [.. (options?.Tools ?? []).Select(ToTool)]);
    }

    /// <summary>The declaration of a tool as the template writes it.</summary>
    /// <exception cref="NotSupportedException">The tool is not a function.</exception>
    public static ToolDefinition ToTool(AITool tool)
    {
        if (tool is not AIFunctionDeclaration function)
            throw new NotSupportedException($"The tool '{tool.Name}' is not a function, so this model cannot call it; leave it out.");
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("name", function.Name);
            if (function.Description.Length > 0)
                writer.WriteString("description", function.Description);
            if (function.JsonSchema.ValueKind == JsonValueKind.Object)
            {
                writer.WritePropertyName("parameters");
                function.JsonSchema.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return new ToolDefinition(function.Name, JsonDocument.Parse(json.WrittenMemory).RootElement);
    }

    private static ImmutableArray<Message> WithInstructions(ImmutableArray<Message> messages, string? instructions)
    {
        if (string.IsNullOrEmpty(instructions))
            return messages;
        return messages is [{ Role: Roles.System } system, ..]
            ? messages.SetItem(0, system with { Content = $"{instructions}\n\n{system.Content}" })
            : messages.Insert(0, new Message(Roles.System, instructions));
    }
}
