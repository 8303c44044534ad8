using System.Collections.Concurrent;
using Shop.Domain;

namespace Shop.Orders;

/// <summary>A store that lasts as long as the process.</summary>
public sealed class InMemoryOrderStore : IOrderStore
{
    private readonly ConcurrentDictionary<OrderId, Order> _orders = new();

    /// <inheritdoc/>
    public Task<Order?> FindAsync(OrderId key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_orders.GetValueOrDefault(key));

    /// <inheritdoc/>
    public Task SaveAsync(Order item, CancellationToken cancellationToken = default)
    {
        _orders[item.Id] = item;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Page<Order>> ListAsync(int offset, int limit, CancellationToken cancellationToken = default)
    {
        var sorted = _orders.Values.OrderBy(order => order.Id.Number, StringComparer.Ordinal).ToList();
        return Task.FromResult(new Page<Order>([.. sorted.Skip(offset).Take(limit)], sorted.Count, offset));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Order>> OfCustomerAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Order> found =
            [.. _orders.Values.Where(order => order.Customer.Id == customer).OrderByDescending(order => order.PlacedAt)];
        return Task.FromResult(found);
    }
}
