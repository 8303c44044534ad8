namespace Shop.Domain;

/// <summary>A product in an order, at the price of the day.</summary>
public sealed record OrderLine(Sku Sku, string Name, Money UnitPrice, int Quantity)
{
    /// <summary>What the line costs before discounts.</summary>
    public Money Total => UnitPrice * Quantity;
}
