using Shop.Domain;

namespace Shop.Orders;

/// <summary>Something on the shelves from the first start on.</summary>
public static class SampleProducts
{
    /// <summary>The first catalogue.</summary>
    public static IReadOnlyList<Product> All { get; } =
    [
        Create("TEA-0042", "Darjeeling", 12.50m, 120, "tea", "black"),
        Create("TEA-0043", "Sencha", 9.80m, 120, "tea", "green"),
        Create("POT-0001", "Teapot, cast iron", 64.00m, 1_900, "pot"),
        Create("CUP-0007", "Cup, porcelain", 11.00m, 210, "cup"),
    ];

    private static Product Create(string sku, string name, decimal price, int grams, params IReadOnlyList<string> tags) =>
        new(Sku.Parse(sku), name, new Money(price, Currency.Euro), grams) { Tags = tags };
}
