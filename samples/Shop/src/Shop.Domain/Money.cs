namespace Shop.Domain;

/// <summary>An amount in a currency, rounded to the currency's digits.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>Rounds half to even, as banks do.</summary>
    public Money(decimal amount, Currency currency)
    {
        Amount = decimal.Round(amount, currency.Digits, MidpointRounding.ToEven);
        Currency = currency;
    }

    /// <summary>The amount in the currency's main unit.</summary>
    public decimal Amount { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>No money at all.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>The amount in the smallest unit, as payment providers want it.</summary>
    public long ToMinorUnits() => (long)(Amount * (decimal)Math.Pow(10, Currency.Digits));

    /// <inheritdoc/>
    public int CompareTo(Money other) => Amount.CompareTo(Same(other).Amount);

    /// <summary>Adds two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(left.Amount + left.Same(right).Amount, left.Currency);

    /// <summary>Subtracts two amounts of one currency.</summary>
    public static Money operator -(Money left, Money right) => new(left.Amount - left.Same(right).Amount, left.Currency);

    /// <summary>Multiplies an amount by a count.</summary>
    public static Money operator *(Money price, int count) => new(price.Amount * count, price.Currency);

    /// <summary>Whether one amount is smaller than another.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether one amount is greater than another.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Amount.ToString($"F{Currency.Digits}")} {Currency}";

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new DomainException($"{Currency} and {other.Currency} do not add up without an exchange rate.");
}
