using System.Buffers;
using System.Globalization;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>Numbers as text: spelling is never changed, and size is no limit.</summary>
internal static class JsonNumber
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Whether a text is a number of JSON (RFC 8259 §6).</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        var rest = text is ['-', ..] ? text[1..] : text;
        var whole = DigitsOf(rest);
        if (whole == 0 || (whole > 1 && rest[0] == '0'))
            return false;
        rest = rest[whole..];
        if (rest is ['.', ..])
        {
            var fraction = DigitsOf(rest[1..]);
            if (fraction == 0)
                return false;
            rest = rest[(1 + fraction)..];
        }
        if (rest is ['e' or 'E', ..])
        {
            rest = rest[1..];
            if (rest is ['+' or '-', ..])
                rest = rest[1..];
            var exponent = DigitsOf(rest);
            if (exponent == 0)
                return false;
            rest = rest[exponent..];
        }
        return rest.IsEmpty;
    }

    /// <summary>Whether a number is whole by value: 5, 5.0 and 5e3 are, 5.5 is not; 1e99 has too many digits to be used as one.</summary>
    public static bool IsWhole(ReadOnlySpan<char> number)
    {
        if (DigitsOf(number.TrimStart('-')) == number.TrimStart('-').Length)
            return true;
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value == decimal.Truncate(value);
    }

    private static int DigitsOf(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Digits);
        return length < 0 ? text.Length : length;
    }
}
