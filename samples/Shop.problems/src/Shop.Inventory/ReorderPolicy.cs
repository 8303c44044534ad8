namespace Shop.Inventory;

/// <summary>Says when to order more of a product, and how much.</summary>
/// <param name="Minimum">Below this many, more is ordered.</param>
/// <param name="Pallet">The supplier sends whole pallets of this many.</param>
public sealed record ReorderPolicy(int Minimum, int Pallet)
{
    /// <summary>How many to order now: whole pallets, or none.</summary>
    public int QuantityFor(StockItem item)
    {
        if (item.Available >= Minimum)
            return 0;

        var missing = Minimum - item.Available;
        int pallets = Math.Ceiling((double)missing / Pallet);
        return pallets * Pallet;
    }

    /// <summary>The products to order now, the scarcest first.</summary>
    public IEnumerable<(StockItem Item, int Quantity)> Plan(IEnumerable<StockItem> items) =>
        from item in items
        let quantity = QuantityFor(item)
        where quantity > 0
        orderby item.Available
        select (item, quantity);
}
