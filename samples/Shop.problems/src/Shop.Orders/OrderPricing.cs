using Shop.Domain;
using Shop.Orders.Discounts;

namespace Shop.Orders;

/// <summary>What an order costs.</summary>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discount">What is taken off.</param>
/// <param name="DiscountName">Why; null without a discount.</param>
/// <param name="Shipping">What the carrier gets.</param>
public sealed record OrderPrice(Money Subtotal, Money Discount, string? DiscountName, Money Shipping)
{
    /// <summary>What the customer pays.</summary>
    public Money Total => Subtotal - Discount + Shipping;
}

/// <summary>Prices orders: the best discount counts, not their sum.</summary>
public sealed class OrderPricing(IEnumerable<IDiscountRule> rules, ShippingRates shipping)
{
    /// <summary>Prices an order of one customer.</summary>
    public OrderPrice Price(Customer customer, IReadOnlyList<OrderLine> lines, int grams)
    {
        var subtotal = Sum(lines);
        var best = rules
            .Select(rule => (rule.Name, Share: rule.For(customer, lines)))
            .Where(offer => offer.Share is not null)
            .DefaultIfEmpty()
            .MaxBy(offer => offer.Share?.Value ?? 0m);

        var discount = best.Share?.Of(subtotal) ?? Money.Zero(subtotal.Currency);
        return new OrderPrice(subtotal, discount, best.Name, shipping.For(subtotal, grams));
    }

    private static Money Sum(IReadOnlyList<OrderLine> lines)
    {
        var total = Money.Zero(lines[0].UnitPrice.Currency);
        foreach (var line in lines)
            total += line.UnitPrice * line.Quantity;
    }
}
