namespace Shop.Domain;

/// <summary>Somebody who buys.</summary>
public sealed class Customer
{
    /// <summary>Registers a customer.</summary>
    public Customer(CustomerId id, string name, string email, Address billing)
    {
        Id = id;
        Name = name;
        Email = email;
        Billing = billing;
    }

    /// <summary>Who this is.</summary>
    public CustomerId Id { get; }

    /// <summary>The name on the bill.</summary>
    public string Name { get; }

    /// <summary>Where confirmations go.</summary>
    public string Email { get; }

    /// <summary>A number for the carrier, if the customer gave one.</summary>
    public string? Phone { get; init; }

    /// <summary>Where the bill goes.</summary>
    public Address Billing { get; }

    /// <summary>Where parcels go, when that is somewhere else.</summary>
    public Address? Shipping { get; init; }

    /// <summary>The orders paid so far.</summary>
    public int PaidOrders { get; private set; }

    /// <summary>Counts a paid order.</summary>
    public void CountPaidOrder() => PaidOrders++;
}
