using Microsoft.Extensions.DependencyInjection;
using Shop.Domain;

namespace Shop.Inventory;

/// <summary>Registers the services of this project.</summary>
public static class InventoryServices
{
    /// <summary>Adds the catalogue and the ledger.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services, IEnumerable<Product> products) =>
        services
            .AddSingleton<ICatalog>(new InMemoryCatalog(products))
            .AddSingleton<IStockLedger, InMemoryStockLedger>();
}
