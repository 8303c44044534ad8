using Shop.Domain;

namespace Shop.Payments;

/// <summary>The number of a card, checked by its last digit (ISO/IEC 7812-1).</summary>
public sealed record CardNumber
{
    private readonly string _digits;

    /// <exception cref="DomainException">The number cannot be right.</exception>
    public CardNumber(string text)
    {
        _digits = text.Replace(" ", "", StringComparison.Ordinal);
        if (_digits.Length is < 12 or > 19 || !_digits.All(char.IsAsciiDigit) || CheckSum(_digits) % 10 != 0)
            throw new DomainException("The card number is mistyped.");
    }

    /// <summary>What may be shown and logged.</summary>
    public string Masked => $"•••• {_digits[^4..]}";

    /// <inheritdoc/>
    public override string ToString() => Masked;

    private static int CheckSum(string digits) => digits
        .Reverse()
        .Select((digit, index) => (digit - '0') * (index % 2 + 1))
        .Sum(value => value > 9 ? value - 9 : value);
}
