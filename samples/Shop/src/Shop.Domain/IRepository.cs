namespace Shop.Domain;

/// <summary>Keeps things and finds them again.</summary>
public interface IRepository<in TKey, TItem>
    where TItem : class
{
    /// <summary>Finds one; null if there is none.</summary>
    Task<TItem?> FindAsync(TKey key, CancellationToken cancellationToken = default);

    /// <summary>Adds one, or replaces the one of the same key.</summary>
    Task SaveAsync(TItem item, CancellationToken cancellationToken = default);

    /// <summary>Lists them in the order of their keys.</summary>
    Task<Page<TItem>> ListAsync(int offset, int limit, CancellationToken cancellationToken = default);
}
