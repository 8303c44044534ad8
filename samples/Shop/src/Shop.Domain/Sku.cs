using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Shop.Domain;

/// <summary>A stock-keeping unit: three letters, a dash and four digits, as in <c>TEA-0042</c>.</summary>
public sealed partial record Sku
{
    private Sku(string value) => Value = value;

    /// <summary>The unit as printed on labels.</summary>
    public string Value { get; }

    /// <exception cref="DomainException">The text has another form.</exception>
    public static Sku Parse(string text) =>
        TryParse(text, out var sku) ? sku : throw new DomainException($"\"{text}\" is no stock-keeping unit.");

    /// <summary>Reads a unit from a text, forgiving case and blanks around it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Sku? sku)
    {
        var trimmed = text?.Trim().ToUpperInvariant();
        sku = trimmed is not null && Form().IsMatch(trimmed) ? new Sku(trimmed) : null;
        return sku is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[A-Z]{3}-[0-9]{4}$")]
    private static partial Regex Form();
}
