using System.Collections.Frozen;
using Shop.Domain;

namespace Shop.Payments;

/// <summary>Finds the gateway for a payment.</summary>
public sealed class PaymentRouter(IEnumerable<IPaymentGateway> gateways)
{
    private readonly FrozenDictionary<PaymentMethod, IPaymentGateway> _gateways =
        gateways.ToFrozenDictionary(gateway => gateway.Method);

    /// <summary>The methods that can be offered at the till.</summary>
    public IEnumerable<PaymentMethod> Methods => _gateways.Keys.Order();

    /// <summary>Takes a payment by the method that it asks for.</summary>
    public async Task<Result<PaymentReceipt>> ChargeAsync(
        PaymentRequest request, CancellationToken cancellationToken = default)
    {
        if (!_gateways.TryGetValue(request.Method, out var gateway))
            return Result<PaymentReceipt>.Failure($"Paying by {request.Method} is not possible here.");
        return await gateway.ChargeAsync(request, cancellationToken);
    }
}
