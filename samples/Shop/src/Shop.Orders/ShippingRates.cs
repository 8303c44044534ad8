using Shop.Domain;

namespace Shop.Orders;

/// <summary>What the carrier asks, by weight; nothing for large orders.</summary>
public sealed class ShippingRates
{
    private const decimal FreeFrom = 80m;

    private static readonly (int UpToGrams, decimal Price)[] s_steps =
    [
        (500, 3.90m),
        (2_000, 5.90m),
        (10_000, 9.90m),
        (31_500, 16.90m),
    ];

    /// <exception cref="DomainException">The parcel is too heavy.</exception>
    public Money For(Money subtotal, int grams)
    {
        if (subtotal.Amount >= FreeFrom)
            return Money.Zero(subtotal.Currency);

        foreach (var (upTo, price) in s_steps)
        {
            if (grams <= upTo)
                return new Money(price, subtotal.Currency);
        }

        throw new DomainException($"{grams} g do not go into one parcel.");
    }
}
