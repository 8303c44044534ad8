using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Shop.Payments;

/// <summary>Registers the services of this project.</summary>
public static class PaymentServices
{
    /// <summary>Adds the gateways and the router over them.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<IPaymentGateway, CardGateway>()
            .AddSingleton<IPaymentGateway, InvoiceGateway>()
            .AddSingleton<PaymentRouter>();
    }
}
