namespace Shop.Domain;

/// <summary>How far an order has come.</summary>
public enum OrderStatus
{
    /// <summary>Taken, not paid.</summary>
    Placed,

    /// <summary>Paid, not sent.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>Called off by either side.</summary>
    Cancelled,
}
