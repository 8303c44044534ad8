namespace Shop.Domain;

/// <summary>Something to sell.</summary>
/// <param name="Sku">Its unit.</param>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Price">The price of one.</param>
/// <param name="WeightInGrams">The weight of one, packed.</param>
public sealed record Product(Sku Sku, string Name, Money Price, int WeightInGrams)
{
    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it can be ordered now.</summary>
    public bool IsListed { get; init; } = true;
}
