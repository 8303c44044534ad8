using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QwenIde.Qwen.Prompting.Python;

/// <summary>What Python's <c>str()</c>, <c>repr()</c> and <c>strip()</c> give, as templates are rendered by Python elsewhere.</summary>
internal static class PythonText
{
    /// <summary>A value as <c>str()</c> writes it: a string as it is, <c>True</c>, <c>None</c>, lists with single quotes.</summary>
    public static string Str(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : Repr(value, new StringBuilder()).ToString();

    /// <summary>The text without white space around it; Python counts U+001C to U+001F as such, .NET does not.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>A number of a JSON file as Python writes it back: whole numbers in their digits, others as the shortest float.</summary>
    /// <param name="json">The number as it stands in the file.</param>
    /// <param name="infinity">What stands for a number beyond every float.</param>
    public static string Number(string json, string infinity)
    {
        if (json.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return json == "-0" ? "0" : json;
        var value = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
            return value < 0 ? "-" + infinity : infinity;
        return Float(value);
    }

    /// <summary>The shortest digits that give the value back, with an exponent below 1e-4 and from 1e16 on.</summary>
    private static string Float(double value)
    {
        // 1.5E-05 or 1500.25: what stands before the exponent, and where the point is in it.
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var wholeDigits = parts[0].Split('.')[0].Length;
        var allDigits = parts[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var digits = allDigits.TrimStart('0');
        var exponent = wholeDigits - 1 - (allDigits.Length - digits.Length)
            + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        var sign = value < 0 ? "-" : string.Empty;
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : string.Empty;
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        digits = digits.PadRight(exponent + 2, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static StringBuilder Repr(JsonElement value, StringBuilder output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Repr('{', PythonJson.Members(value), '}', output, member =>
                    Repr(member.Value, Quote(member.Key, output).Append(": ")));
                break;
            case JsonValueKind.Array:
                Repr('[', value.EnumerateArray(), ']', output, item => Repr(item, output));
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Append(Number(value.GetRawText(), "inf"));
                break;
            case JsonValueKind.True:
                output.Append("True");
                break;
            case JsonValueKind.False:
                output.Append("False");
                break;
            default:
                output.Append("None");
                break;
        }

        return output;
    }

    private static void Repr<T>(char open, IEnumerable<T> items, char close, StringBuilder output, Action<T> write)
    {
        output.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                output.Append(", ");
            isFirst = false;
            write(item);
        }

        output.Append(close);
    }

    private static StringBuilder Quote(string text, StringBuilder output)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\\' => output.Append("\\\\"),
                _ when rune.Value == quote => output.Append('\\').Append(quote),
                _ when IsPrintable(rune) => output.Append(rune.ToString()),
                <= 0xFF => output.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                <= 0xFFFF => output.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return output.Append(quote);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001C' and <= '\u001F';
}
