using Shop.Domain;

namespace Shop.Inventory;

/// <summary>A ledger that lasts as long as the process.</summary>
public sealed class InMemoryStockLedger : IStockLedger, IDisposable
{
    private readonly Dictionary<Sku, StockItem> _items = [];
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <inheritdoc/>
    public async Task<StockItem> GetAsync(Sku sku, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Get(sku);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ReceiveAsync(Sku sku, int quantity, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var item = Get(sku);
            _items[sku] = item with { OnHand = item.OnHand + quantity };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<Result<Reservation>> ReserveAsync(
        OrderId order, IReadOnlyDictionary<Sku, int> quantities, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var (sku, quantity) in quantities)
            {
                if (Get(sku).Available < quantity)
                    return Result<Reservation>.Failure($"Only {Get(sku).Available} of {sku} left.");
            }

            Move(quantities, +1);
            return Result<Reservation>.Success(new Reservation(Guid.NewGuid(), order, quantities));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(Reservation reservation, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Move(reservation.Quantities, -1);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private StockItem Get(Sku sku) => _items.GetValueOrDefault(sku) ?? new StockItem(sku, 0, 0);

    private void Move(IReadOnlyDictionary<Sku, int> quantities, int sign)
    {
        foreach (var (sku, quantity) in quantities)
        {
            var item = Get(sku);
            _items[sku] = item with { Reserved = item.Reserved + (sign * quantity) };
        }
    }
}
