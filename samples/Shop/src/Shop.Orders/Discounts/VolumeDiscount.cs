using Shop.Domain;

namespace Shop.Orders.Discounts;

/// <summary>For whoever buys many.</summary>
public sealed class VolumeDiscount : IDiscountRule
{
    /// <inheritdoc/>
    public string Name => "Volume";

    /// <inheritdoc/>
    public Percentage? For(Customer customer, IReadOnlyList<OrderLine> lines) => lines.Sum(line => line.Quantity) switch
    {
        >= 100 => new Percentage(12),
        >= 20 => new Percentage(5),
        _ => null,
    };
}
