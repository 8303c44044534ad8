using Shop.Domain;
using Shop.Payments;

namespace Shop.Web;

/// <summary>A product as callers see it.</summary>
public sealed record ProductResponse(string Sku, string Name, string Price)
{
    /// <summary>Leaves out what callers need not know.</summary>
    public static ProductResponse From(Product product) =>
        new(product.Sku.Value, product.Name, product.Price.ToString());
}

/// <summary>An order as callers see it.</summary>
public sealed record OrderResponse(string Number, string Status, string Subtotal)
{
    /// <summary>Leaves out what callers need not know.</summary>
    public static OrderResponse From(Order order) =>
        new(order.Id.Number, order.Status.ToString(), order.Subtotal.ToString());
}

/// <summary>A line of a new order.</summary>
public sealed record PlaceOrderItem(string Sku, int Quantity);

/// <summary>A new order.</summary>
public sealed record PlaceOrderRequest(
    string Name,
    string Email,
    Address Billing,
    PaymentMethod Method,
    string? Card,
    IReadOnlyList<PlaceOrderItem> Items);
