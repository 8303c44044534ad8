using Shop.Domain;

namespace Shop.Orders;

/// <summary>Gives out order numbers: the year, and a count.</summary>
public sealed class OrderNumbers(TimeProvider clock)
{
    private int _last;

    /// <summary>The next number.</summary>
    public OrderId Next() => new($"{clock.GetUtcNow().Year}-{Interlocked.Increment(ref _last):00000}");
}
