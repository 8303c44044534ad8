using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace QwenIde.Qwen.Chat;

/// <summary>
/// The ids that the model generated for a turn, carried by its message: put into the next prompt as they are, so that the
/// prompt begins with exactly what the model has read and written before.
/// </summary>
public static class GeneratedTokens
{
    /// <summary>Where they stand in <see cref="ChatMessage.AdditionalProperties"/>.</summary>
    public const string PropertyName = "qwenide.generated_ids";

    /// <summary>Gives a message the ids of its turn, without the closing <c>&lt;|im_end|&gt;</c>.</summary>
    public static void Attach(ChatMessage message, ImmutableArray<int> ids) =>
        (message.AdditionalProperties ??= [])[PropertyName] = ids.ToArray();

    /// <summary>Gives the message that updates add up to the ids of its turn: on any of its updates, the last as a rule.</summary>
    public static void Attach(ChatResponseUpdate update, ImmutableArray<int> ids) =>
        (update.AdditionalProperties ??= [])[PropertyName] = ids.ToArray();

    /// <summary>The ids of a message's turn; default where it has none. Also after the message was written as JSON and read back.</summary>
    public static ImmutableArray<int> Find(ChatMessage message) => message.AdditionalProperties?.GetValueOrDefault(PropertyName) switch
    {
        IEnumerable<int> ids => [.. ids],
        JsonElement { ValueKind: JsonValueKind.Array } json when json.EnumerateArray().All(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out _)) =>
            [.. json.EnumerateArray().Select(id => id.GetInt32())],
        _ => default,
    };
}
