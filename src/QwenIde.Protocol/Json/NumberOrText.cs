using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol;

/// <summary>LSP's <c>integer | string</c>: a progress token, a diagnostic's code.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct NumberOrText
{
    /// <summary>A number.</summary>
    public NumberOrText(long number) => Number = number;

    /// <summary>A string.</summary>
    public NumberOrText(string text) => Text = text;

    /// <summary>The number; meaningless when <see cref="Text"/> is set.</summary>
    public long Number { get; }

    /// <summary>The string, or null when this is a number.</summary>
    public string? Text { get; }

    /// <summary>A string as such a value.</summary>
    public static implicit operator NumberOrText(string text) => FromString(text);

    /// <summary>A string as such a value.</summary>
    public static NumberOrText FromString(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);

    internal sealed class Converter : JsonConverter<NumberOrText>
    {
        public override NumberOrText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => new NumberOrText(reader.GetString()!),
                JsonTokenType.Number when reader.TryGetInt64(out var number) => new NumberOrText(number),
                _ => throw new JsonException("A string or a whole number is expected."),
            };

        public override void Write(Utf8JsonWriter writer, NumberOrText value, JsonSerializerOptions options)
        {
            if (value.Text is { } text)
                writer.WriteStringValue(text);
            else
                writer.WriteNumberValue(value.Number);
        }
    }
}
