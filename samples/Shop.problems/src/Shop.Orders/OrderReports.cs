using Shop.Domain;

namespace Shop.Orders;

/// <summary>A product's sales.</summary>
public sealed record ProductSales(Sku Sku, int Quantity, Money Revenue);

/// <summary>Figures over many orders.</summary>
public static class OrderReports
{
    /// <summary>Sales by product, the best first; cancelled orders do not count.</summary>
    public static IReadOnlyList<ProductSales> SalesByProduct(this IEnumerable<Order> orders) =>
        [.. orders
            .Where(order => order.Status != OrderStatus.Canceled)
            .SelectMany(order => order.Lines)
            .GroupBy(line => line.Sku)
            .Select(group => new ProductSales(
                group.Key,
                group.Sum(line => line.Quantity),
                group.Select(line => line.Total).Aggregate((sum, next) => sum + next)))
            .OrderByDescending(sales => sales.Revenue.Amount)];

    /// <summary>A contact for the carrier: the phone number without blanks, or the address for mail.</summary>
    public static string CarrierContact(this Order order) =>
        order.Customer.Phone?.Replace(" ", "", StringComparison.Ordinal) ?? order.Customer.Email;
}
