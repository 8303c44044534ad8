using System.Text;
using System.Text.Json;

namespace QwenIde.Rpc.Messages;

/// <summary>Reads strings that may be JSON and still no text: an escaped half of a surrogate pair makes the reader throw.</summary>
internal static class JsonText
{
    internal static bool Equals(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped
            ? Read(ref reader) is { } value && Encoding.UTF8.GetBytes(value).AsSpan().SequenceEqual(text)
            : reader.ValueTextEquals(text);

    /// <summary>The string, or null if it is no text.</summary>
    internal static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The string, or as it was written if it is no text.</summary>
    internal static string Show(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText();
        }
    }
}
