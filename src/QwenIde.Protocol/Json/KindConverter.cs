using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol;

/// <summary>
/// Reads a family of types told apart by one string property, wherever in the object that stands; kinds that nobody knows
/// yet are kept as they are. Every member of the family writes the property itself.
/// </summary>
/// <remarks>The serializer's own polymorphism wants the property first, and fails on unknown kinds.</remarks>
public abstract class KindConverter<TBase> : JsonConverter<TBase>
    where TBase : class
{
    private readonly string _property;

    /// <summary>A family told apart by <paramref name="property"/>.</summary>
    protected KindConverter(string property) => _property = property;

    /// <summary>The type for a kind, or null if it is unknown.</summary>
    protected abstract Type? TypeFor(string kind);

    /// <summary>Keeps an object of unknown kind.</summary>
    protected abstract TBase Unknown(JsonElement value);

    /// <inheritdoc/>
    public override TBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kind = ReadKind(reader) ?? throw new JsonException($"The property '{_property}' is missing.");
        return TypeFor(kind) is { } type
            ? (TBase)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(type))!
            : Unknown(JsonElement.ParseValue(ref reader));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options)
    {
        if (value is IUnknownKind unknown)
            unknown.Value.WriteTo(writer);
        else
            JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
    }

    private string? ReadKind(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = reader.ValueTextEquals(_property);
            reader.Read();
            if (isKind)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}

/// <summary>An object of a kind that we do not know; it is passed on as it came.</summary>
public interface IUnknownKind
{
    /// <summary>The object.</summary>
    JsonElement Value { get; }
}
