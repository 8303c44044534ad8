using Shop.Domain;

namespace Shop.Orders.Discounts;

/// <summary>For whoever comes back: one per cent for every ten paid orders.</summary>
public sealed class LoyaltyDiscount : IDiscountRule
{
    private static readonly Percentage s_most = new(8);

    /// <inheritdoc/>
    public string Name => "Loyalty";

    /// <inheritdoc/>
    public Percentage? For(Customer customer, IReadOnlyList<OrderLine> lines)
    {
        var share = new Percentage(Math.Min(customer.PaidOrders / 10, 100));
        if (share.Value == 0)
            return null;
        return share.Value < s_most.Value ? share : s_most;
    }
}
