namespace Shop.Domain;

/// <summary>A share of something, from 0 to 100.</summary>
public readonly record struct Percentage
{
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 100.</exception>
    public Percentage(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100m);
        Value = value;
    }

    /// <summary>The value, 100 being all of it.</summary>
    public decimal Value { get; }

    /// <summary>This share of an amount.</summary>
    public Money Of(Money amount) => new(amount.Amount * Value / 100m, amount.Currency);

    /// <inheritdoc/>
    public override string ToString() => $"{Value:0.##} %";
}
