namespace Shop.Domain;

/// <summary>What the shop sells.</summary>
public interface ICatalog
{
    /// <summary>Finds a product by its unit; null if it is not sold here.</summary>
    ValueTask<Product?> FindAsync(Sku sku, CancellationToken cancellationToken = default);

    /// <summary>Finds products by a word in their name or tags.</summary>
    IAsyncEnumerable<Product> SearchAsync(string word, CancellationToken cancellationToken = default);
}
