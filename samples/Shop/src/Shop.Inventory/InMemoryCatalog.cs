using System.Runtime.CompilerServices;
using Shop.Domain;

namespace Shop.Inventory;

/// <summary>A catalogue that lasts as long as the process.</summary>
public sealed class InMemoryCatalog(IEnumerable<Product> products) : ICatalog
{
    private readonly SortedDictionary<string, Product> _products =
        new(products.ToDictionary(product => product.Sku.Value), StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<Product?> FindAsync(Sku sku, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_products.GetValueOrDefault(sku.Value));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Product> SearchAsync(
        string word, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var product in _products.Values.Where(product => product.IsListed && Mentions(product, word)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return product;
            await Task.Yield();
        }
    }

    private static bool Mentions(Product product, string word) =>
        product.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || product.Tags.Contains(word, StringComparer.OrdinalIgnoreCase);
}
