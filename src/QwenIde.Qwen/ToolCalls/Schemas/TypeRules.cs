using System.Text.Json;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>How types relate to names, to values and to each other.</summary>
internal static class TypeRules
{
    /// <summary>The type of this name: JSON schema's, or one of the spellings that tools in the wild use; none for others.</summary>
    public static JsonTypes Named(string name) => name.ToLowerInvariant() switch
    {
        "string" or "str" or "text" or "char" or "varchar" or "enum" => JsonTypes.String,
        "integer" or "int" or "int32" or "int64" or "long" or "short" or "uint" => JsonTypes.Integer,
        "number" or "float" or "double" or "decimal" => JsonTypes.Number,
        "boolean" or "bool" => JsonTypes.Boolean,
        "object" or "dict" or "map" => JsonTypes.Object,
        "array" or "list" or "tuple" => JsonTypes.Array,
        "null" or "none" => JsonTypes.Null,
        "any" => JsonTypes.Any,
        _ => JsonTypes.None,
    };

    /// <summary>The narrowest type of a value.</summary>
    public static JsonTypes TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number => JsonNumber.IsWhole(value.GetRawText()) ? JsonTypes.Integer : JsonTypes.Number,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.Null => JsonTypes.Null,
        _ => JsonTypes.None,
    };

    /// <summary>With integers, where numbers are allowed.</summary>
    public static JsonTypes Including(JsonTypes types) => types.HasFlag(JsonTypes.Number) ? types | JsonTypes.Integer : types;

    /// <summary>The types that both allow.</summary>
    public static JsonTypes Both(JsonTypes one, JsonTypes other)
    {
        if (one == JsonTypes.Any || other == JsonTypes.Any)
            return one & other;
        var both = Including(one) & Including(other);
        return both.HasFlag(JsonTypes.Number) && ((one | other) & JsonTypes.Integer) == 0 ? both & ~JsonTypes.Integer : both;
    }
}
