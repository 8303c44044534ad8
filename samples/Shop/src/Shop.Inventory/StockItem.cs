using Shop.Domain;

namespace Shop.Inventory;

/// <summary>How much of a product there is.</summary>
/// <param name="Sku">The product's unit.</param>
/// <param name="OnHand">What lies on the shelf.</param>
/// <param name="Reserved">What of it is promised to orders.</param>
public sealed record StockItem(Sku Sku, int OnHand, int Reserved)
{
    /// <summary>What can still be promised.</summary>
    public int Available => OnHand - Reserved;
}
