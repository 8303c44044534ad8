using Shop.Domain;
using Shop.Inventory;
using Shop.Orders;
using Shop.Payments;

namespace Shop.Cli.Commands;

/// <summary>Buys one product on a bill.</summary>
public sealed class BuyCommand(OrderService orders, IStockLedger ledger, ReceiptPrinter printer) : ICommand
{
    private static readonly Address s_till = new("Marktplatz 1", "79098", "Freiburg", "Germany");

    /// <inheritdoc/>
    public string Name => "buy";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments is not [var text, ..] || !Sku.TryParse(text, out var sku))
        {
            await output.WriteLineAsync("Say what to buy: buy TEA-0042 [how many]");
            return 2;
        }

        var quantity = arguments.Length > 1 ? int.Parse(arguments[1]) : 1;
        await ledger.ReceiveAsync(sku, quantity, cancellationToken);

        var customer = new Customer(CustomerId.New(), "Walk-in", "till@shop.example", s_till);
        var result = await orders.PlaceAsync(
            customer, [new BasketItem(sku, quantity)], PaymentMethod.Invoice, null, cancellationToken);
        await output.WriteLineAsync(result.IsSuccess ? printer.Print(result.Value) : result.Error);
        return result.IsSuccess ? 0 : 1;
    }
}
