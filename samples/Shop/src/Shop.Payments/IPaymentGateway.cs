using Shop.Domain;

namespace Shop.Payments;

/// <summary>A way for money to come in, and to go back.</summary>
public interface IPaymentGateway
{
    /// <summary>The method that it serves.</summary>
    PaymentMethod Method { get; }

    /// <summary>Takes a payment.</summary>
    Task<Result<PaymentReceipt>> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a payment back, whole or in part.</summary>
    Task<Result<PaymentReceipt>> RefundAsync(PaymentReceipt receipt, Money amount, CancellationToken cancellationToken);
}
