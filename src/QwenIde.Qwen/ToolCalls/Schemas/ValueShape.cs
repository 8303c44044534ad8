using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>
/// One way a value may look: everything here holds at once, and nothing refers to anything else any more. What concerns one
/// type (lengths, properties, items) says nothing about values of another.
/// </summary>
public sealed record ValueShape
{
    /// <summary>A value of which nothing is said.</summary>
    public static ValueShape Anything { get; } = new();

    /// <summary>The allowed types; <see cref="JsonTypes.Any"/> also where none is said, see <see cref="IsTyped"/>.</summary>
    public JsonTypes Types { get; init; } = JsonTypes.Any;

    /// <summary>Whether the schema says a type, or shows one by what else it says (<c>enum</c>, <c>properties</c>, <c>items</c>…).</summary>
    public bool IsTyped { get; init; }

    /// <summary>The only values allowed (<c>enum</c>, or one value for <c>const</c>), each of an allowed type; default where any is.</summary>
    public ImmutableArray<JsonElement> Values { get; init; }

    /// <summary>Shortest string, in Unicode code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>Longest string, in Unicode code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Regular expressions (ECMA 262), all of which a string must match somewhere.</summary>
    public ImmutableArray<string> Patterns { get; init; } = [];

    /// <summary>What the items of an array may be; null where anything is allowed.</summary>
    public ValueSchema? Items { get; init; }

    /// <summary>The known properties of an object in schema order, the required ones among them.</summary>
    public ImmutableArray<ParameterSchema> Properties { get; init; } = [];

    /// <summary>Whether an object may have other properties (<c>additionalProperties</c> is not <c>false</c>).</summary>
    public bool AllowsOtherProperties { get; init; } = true;

    /// <summary>What other properties of an object may be; null where the schema does not speak of them.</summary>
    public ValueSchema? OtherProperties { get; init; }
}
