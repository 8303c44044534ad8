using Shop.Domain;

namespace Shop.Payments;

/// <summary>Sends a bill with the parcel, up to a limit.</summary>
public sealed class InvoiceGateway(TimeProvider clock) : IPaymentGateway
{
    private const decimal Limit = 500m;

    /// <inheritdoc/>
    public PaymentMethod Method => PaymentMethod.Invoice;

    /// <inheritdoc/>
    public Task<Result<PaymentReceipt>> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken)
    {
        if (request.Amount.Amount > Limit)
            return Task.FromResult(Result<PaymentReceipt>.Failure($"Bills go up to {Limit:0}."));

        var receipt = new PaymentReceipt($"bill-{request.Order}", request.Amount, clock.GetUtcNow());
        return Task.FromResult(Result<PaymentReceipt>.Success(receipt));
    }
}
