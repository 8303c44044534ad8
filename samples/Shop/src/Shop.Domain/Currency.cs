namespace Shop.Domain;

/// <summary>A currency of ISO 4217.</summary>
/// <param name="Code">The three-letter code.</param>
/// <param name="Digits">How many digits follow the decimal point.</param>
public sealed record Currency(string Code, int Digits)
{
    /// <summary>The euro.</summary>
    public static Currency Euro { get; } = new("EUR", 2);

    /// <summary>The yen, which has no smaller unit.</summary>
    public static Currency Yen { get; } = new("JPY", 0);

    /// <summary>The Swiss franc.</summary>
    public static Currency Franc { get; } = new("CHF", 2);

    /// <summary>Finds a currency by its code.</summary>
    /// <returns>Null for a currency that the shop does not take.</returns>
    public static Currency? Find(string code) => code.ToUpperInvariant() switch
    {
        "EUR" => Euro,
        "JPY" => Yen,
        "CHF" => Franc,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Code;
}
