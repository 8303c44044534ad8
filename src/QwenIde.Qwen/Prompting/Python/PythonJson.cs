using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QwenIde.Qwen.Prompting.Python;

/// <summary>
/// JSON as <c>json.dumps(value, ensure_ascii=False)</c> writes it: blanks after comma and colon, nothing escaped beyond what
/// must be, floats as Python has them. No encoder of .NET writes these bytes.
/// </summary>
internal static class PythonJson
{
    /// <summary>A value as Python writes it.</summary>
    public static string Dumps(JsonElement value)
    {
        var output = new StringBuilder();
        Write(value, output);
        return output.ToString();
    }

    /// <summary>The members in order; of equal names the last value at the first's place, as a Python dictionary has it.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> Members(JsonElement value)
    {
        var members = new List<KeyValuePair<string, JsonElement>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var member = KeyValuePair.Create(property.Name, property.Value);
            if (places.TryAdd(property.Name, members.Count))
                members.Add(member);
            else
                members[places[property.Name]] = member;
        }

        return members;
    }

    /// <summary>The value with each escaped half of a surrogate pair replaced by U+FFFD: such text cannot be read otherwise.</summary>
    public static JsonElement ReplaceLoneSurrogates(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return value;
        var json = value.GetRawText();
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            return value;
        var characters = json.ToCharArray();
        var isChanged = false;
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] != '\\')
                continue;
            if (Escaped(characters, i) is { } first && char.IsSurrogate(first))
            {
                if (Escaped(characters, i + 6) is { } second && char.IsSurrogatePair(first, second))
                {
                    i += 11;
                    continue;
                }

                "fffd".CopyTo(0, characters, i + 2, 4);
                isChanged = true;
            }

            i++; // whatever is escaped, a backslash above all
        }

        return isChanged ? JsonDocument.Parse(characters).RootElement : value;
    }

    /// <summary>The character of an escape in hexadecimal digits, if there is one at the index.</summary>
    private static char? Escaped(char[] json, int index) =>
        index + 6 <= json.Length && json[index] == '\\' && json[index + 1] == 'u'
        && ushort.TryParse(json.AsSpan(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;

    private static void Write(JsonElement value, StringBuilder output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var open = "{";
                foreach (var (name, member) in Members(value))
                {
                    Quote(name, output.Append(open));
                    Write(member, output.Append(": "));
                    open = ", ";
                }

                output.Append(open == "{" ? "{}" : "}");
                break;
            case JsonValueKind.Array:
                var separator = "[";
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, output.Append(separator));
                    separator = ", ";
                }

                output.Append(separator == "[" ? "[]" : "]");
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Append(PythonText.Number(value.GetRawText(), "Infinity"));
                break;
            case JsonValueKind.True:
                output.Append("true");
                break;
            case JsonValueKind.False:
                output.Append("false");
                break;
            default:
                output.Append("null");
                break;
        }
    }

    private static void Quote(string text, StringBuilder output)
    {
        output.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => output.Append(character),
            };
        }

        output.Append('"');
    }
}
