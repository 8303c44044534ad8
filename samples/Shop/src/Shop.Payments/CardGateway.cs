using Microsoft.Extensions.Logging;
using Shop.Domain;

namespace Shop.Payments;

/// <summary>Takes cards. The provider is played by a table of receipts.</summary>
public sealed partial class CardGateway(TimeProvider clock, ILogger<CardGateway> logger) : IPaymentGateway
{
    private readonly Dictionary<string, PaymentReceipt> _receipts = [];

    /// <inheritdoc/>
    public PaymentMethod Method => PaymentMethod.Card;

    /// <inheritdoc/>
    public async Task<Result<PaymentReceipt>> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        if (request.Card is null)
            return Result<PaymentReceipt>.Failure("A card payment needs a card number.");

        await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        var receipt = new PaymentReceipt($"card-{_receipts.Count + 1:0000}", request.Amount, clock.GetUtcNow());
        _receipts.Add(receipt.Reference, receipt);
        LogCharged(request.Order, request.Amount, request.Card);
        return Result<PaymentReceipt>.Success(receipt);
    }

    /// <inheritdoc/>
    public Task<Result<PaymentReceipt>> RefundAsync(
        PaymentReceipt receipt, Money amount, CancellationToken cancellationToken)
    {
        var result = _receipts.TryGetValue(receipt.Reference, out var paid) && !(amount > paid.Amount)
            ? Result<PaymentReceipt>.Success(new PaymentReceipt($"{receipt.Reference}-refund", amount, clock.GetUtcNow()))
            : Result<PaymentReceipt>.Failure($"{receipt.Reference} cannot be refunded by {amount}.");
        return Task.FromResult(result);
    }

    [LoggerMessage(LogLevel.Information, "Charged {Amount} for {Order} to {Card}")]
    private partial void LogCharged(OrderId order, Money amount, CardNumber card);
}
