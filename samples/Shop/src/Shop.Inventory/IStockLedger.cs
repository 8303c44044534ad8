using Shop.Domain;

namespace Shop.Inventory;

/// <summary>Knows what is on the shelves.</summary>
public interface IStockLedger
{
    /// <summary>How much there is of a product.</summary>
    Task<StockItem> GetAsync(Sku sku, CancellationToken cancellationToken = default);

    /// <summary>Puts goods on the shelf.</summary>
    Task ReceiveAsync(Sku sku, int quantity, CancellationToken cancellationToken = default);

    /// <summary>Promises all of the goods to an order, or none.</summary>
    Task<Result<Reservation>> ReserveAsync(
        OrderId order, IReadOnlyDictionary<Sku, int> quantities, CancellationToken cancellationToken = default);

    /// <summary>Takes a promise back.</summary>
    Task ReleaseAsync(Reservation reservation, CancellationToken cancellationToken = default);
}
