using Shop.Domain;

namespace Shop.Inventory;

/// <summary>Goods promised to an order until they are sent or released.</summary>
public sealed record Reservation(Guid Id, OrderId Order, IReadOnlyDictionary<Sku, int> Quantities)
{
    /// <summary>The number of single goods.</summary>
    public int Count => Quantities.Values.Sum();
}
