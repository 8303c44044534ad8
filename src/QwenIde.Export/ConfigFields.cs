using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace QwenIde.Export;

/// <summary>A JSON object whose fields are read with their limits; <c>null</c> counts as absent.</summary>
internal sealed class ConfigFields
{
    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _path;

    public ConfigFields(JsonElement element, string file, string path = "")
    {
        _element = element;
        _file = file;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw new ExportException($"{file} {(path.Length == 0 ? "" : $"has in `{path.TrimEnd('.')}` what ")}is not a JSON object.");
    }

    public bool Has(string name) => Find(name) is not null;

    public ConfigFields? Object(string name) => Find(name) is { } value ? new ConfigFields(value, _file, $"{_path}{name}.") : null;

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Error(name, "is not text"),
    };

    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error(name, "is neither true nor false"),
    };

    public int Size(string name, int smallest, int largest) => OptionalSize(name, smallest, largest) ?? throw Error(name, "is missing");

    public int? OptionalSize(string name, int smallest, int largest) => Find(name) is { } value ? Integer(name, value, smallest, largest) : null;

    public double Number(string name, double smallest, double largest) => OptionalNumber(name, smallest, largest) ?? throw Error(name, "is missing");

    public double? OptionalNumber(string name, double smallest, double largest)
    {
        if (Find(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= smallest && number <= largest
            ? number
            : throw Error(name, string.Create(CultureInfo.InvariantCulture, $"is {Show(value)}; a number from {smallest} to {largest} is expected"));
    }

    /// <summary>A list of integers, or a single one.</summary>
    public ImmutableArray<int>? Integers(string name, int smallest, int largest) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => Integer(name, item, smallest, largest))],
        { } single => [Integer(name, single, smallest, largest)],
    };

    public ImmutableArray<string>? Texts(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Error(name, "holds something that is not text"))],
        _ => throw Error(name, "is not a list"),
    };

    public ExportException Error(string name, string what) => new($"In {_file} the field `{_path}{name}` {what}.");

    private int Integer(string name, JsonElement value, int smallest, int largest) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= smallest && number <= largest
            ? number
            : throw Error(name, $"is {Show(value)}; a whole number from {smallest} to {largest} is expected");

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }

    private JsonElement? Find(string name) =>
        _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
