using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>A schema where it stands in its document.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to it.</param>
/// <param name="Schema">The schema itself.</param>
internal readonly record struct SchemaPlace(string Pointer, JsonElement Schema)
{
    /// <summary>The member or item of this name, or null.</summary>
    public SchemaPlace? Step(string name)
    {
        var pointer = Pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        if (Schema.ValueKind == JsonValueKind.Object)
            return Schema.TryGetProperty(name, out var member) ? new SchemaPlace(pointer, member) : null;
        return Schema.ValueKind == JsonValueKind.Array
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Schema.GetArrayLength()
            ? new SchemaPlace(pointer, Schema[index])
            : null;
    }

    /// <summary>The schemas in a list such as <c>anyOf</c>; empty where there is none.</summary>
    public ImmutableArray<SchemaPlace> List(string keyword)
    {
        if (Step(keyword) is not { Schema.ValueKind: JsonValueKind.Array } list)
            return [];
        return [.. Enumerable.Range(0, list.Schema.GetArrayLength()).Select(index => list.Step(index.ToString(CultureInfo.InvariantCulture))!.Value)];
    }

    /// <summary>Whether a keyword is <c>true</c>.</summary>
    public bool Flag(string keyword) => Schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A keyword's value as a length, or null.</summary>
    public int? Length(string keyword) =>
        Schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var length) && length >= 0
            ? length
            : null;
}
