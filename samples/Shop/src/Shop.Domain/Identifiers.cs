namespace Shop.Domain;

/// <summary>Names a customer.</summary>
public readonly record struct CustomerId(Guid Value)
{
    /// <summary>A fresh identifier.</summary>
    public static CustomerId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Names an order, as printed on the invoice.</summary>
public readonly record struct OrderId(string Number)
{
    /// <inheritdoc/>
    public override string ToString() => Number;
}
