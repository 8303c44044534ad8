using Shop.Domain;

namespace Shop.Orders;

/// <summary>Keeps orders.</summary>
public interface IOrderStore : IRepository<OrderId, Order>
{
    /// <summary>The orders of one customer, the newest first.</summary>
    Task<IReadOnlyList<Order>> OfCustomerAsync(CustomerId customer, CancellationToken cancellationToken = default);
}
