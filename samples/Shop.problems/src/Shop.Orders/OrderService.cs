using Microsoft.Extensions.Logging;
using Shop.Domain;
using Shop.Inventory;
using Shop.Payments;

namespace Shop.Orders;

/// <summary>A line of the basket.</summary>
public sealed record BasketItem(Sku Sku, int Quantity);

/// <summary>Takes orders from the basket to the parcel.</summary>
public sealed partial class OrderService(
    ICatalog catalog,
    IStockLedger ledger,
    IOrderStore store,
    OrderPricing pricing,
    PaymentRouter payments,
    OrderNumbers numbers,
    TimeProvider clock,
    ILogger<OrderService> logger)
{
    /// <summary>Reserves the goods, takes the money and keeps the order; on failure nothing stays reserved.</summary>
    public async Task<Result<Order>> PlaceAsync(
        Customer customer,
        IReadOnlyList<BasketItem> basket,
        PaymentMethod method,
        CardNumber? card,
        CancellationToken cancellationToken = default)
    {
        if (basket.Count == 0)
            return Result<Order>.Failure("The basket is empty.");

        List<OrderLine> lines = [];
        var grams = 0;
        foreach (var item in basket)
        {
            var product = await catalog.FindAsync(item.Sku, cancellationToken);
            if (product is null)
                return Result<Order>.Failure($"{item.Sku} is not sold here.");
            lines.Add(new OrderLine(product.Sku, product.Name, product.Price, item.Quantity));
            grams += product.WeightInGrams * item.Quantity;
        }

        var order = new Order(numbers.Next(), customer, lines, clock.GetUtcNow());
        var quantities = lines.GroupBy(line => line.Sku).ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));
        var reservation = await ledger.ReserveAsync(order.Id, quantities, cancellationToken);
        if (!reservation.IsSuccess)
            return Result<Order>.Failure(reservation.Error);

        var price = pricing.Price(customer, order.Lines, grams);
        var request = new PaymentRequest(order.Id, price.Total, method, card);
        var receipt = await payments.ChargeAsync(request, cancellationToken);
        if (!receipt.IsSuccess)
        {
            await ledger.ReleaseAsync(reservation.Value, CancellationToken.None);
            return Result<Order>.Failure(receipt.Error);
        }

        order.MarkPaid(receipt.Value.Reference);
        await store.SaveAsync(order, cancellationToken);
        LogPlaced(order.Id, price.Total);
        return Result<Order>.Success(order);
    }

    /// <summary>Calls an order off.</summary>
    public async Task<Result<Order>> CancelAsync(OrderId id, CancellationToken cancellationToken = default)
    {
        Order? order = store.FindAsync(id, cancellationToken);
        if (order is null)
            return Result<Order>.Failure($"There is no order {id}.");

        order.Cancel();
        await store.SaveAsync(order, cancellationToken);
        return Result<Order>.Success(order);
    }

    [LoggerMessage(LogLevel.Information, "Order {Order} placed for {Total}")]
    private partial void LogPlaced(OrderId order, Money total);
}
