using Microsoft.Extensions.DependencyInjection;
using Shop.Domain;
using Shop.Inventory;
using Shop.Orders.Discounts;
using Shop.Payments;

namespace Shop.Orders;

/// <summary>Registers the services of this project and of those below it.</summary>
public static class OrderServices
{
    /// <summary>Adds the whole shop.</summary>
    public static IServiceCollection AddShop(this IServiceCollection services, IEnumerable<Product> products) =>
        services
            .AddInventory(products)
            .AddPayments()
            .AddSingleton<IOrderStore, InMemoryOrderStore>()
            .AddSingleton<IDiscountRule, VolumeDiscount>()
            .AddSingleton<IDiscountRule, LoyaltyDiscount>()
            .AddSingleton<ShippingRates>()
            .AddSingleton<OrderPricing>()
            .AddSingleton<OrderNumbers>()
            .AddSingleton<OrderService>();
}
