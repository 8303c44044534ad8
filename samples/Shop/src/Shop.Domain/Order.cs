namespace Shop.Domain;

/// <summary>What a customer ordered, and what became of it.</summary>
public sealed class Order
{
    private readonly List<OrderLine> _lines;

    /// <exception cref="DomainException">There is nothing in it.</exception>
    public Order(OrderId id, Customer customer, IEnumerable<OrderLine> lines, DateTimeOffset placedAt)
    {
        _lines = [.. lines];
        if (_lines.Count == 0)
            throw new DomainException($"Order {id} has no lines.");
        Id = id;
        Customer = customer;
        PlacedAt = placedAt;
    }

    /// <summary>The number on the invoice.</summary>
    public OrderId Id { get; }

    /// <summary>Who ordered.</summary>
    public Customer Customer { get; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<OrderLine> Lines => _lines;

    /// <summary>When.</summary>
    public DateTimeOffset PlacedAt { get; }

    /// <summary>How far it has come.</summary>
    public OrderStatus Status { get; private set; }

    /// <summary>The name of the payment, once there is one.</summary>
    public string? PaymentReference { get; private set; }

    /// <summary>What it costs before discounts.</summary>
    public Money Subtotal => _lines.Select(line => line.Total).Aggregate((sum, next) => sum + next);

    /// <summary>Notes a payment.</summary>
    public void MarkPaid(string reference)
    {
        Require(OrderStatus.Placed);
        PaymentReference = reference;
        Status = OrderStatus.Paid;
        Customer.CountPaidOrder();
    }

    /// <summary>Notes that the parcel has left.</summary>
    public void MarkShipped()
    {
        Require(OrderStatus.Paid);
        Status = OrderStatus.Shipped;
    }

    /// <summary>Calls it off; too late once it is on its way.</summary>
    public void Cancel()
    {
        if (Status == OrderStatus.Shipped)
            throw new DomainException($"Order {Id} is on its way and cannot be cancelled.");
        Status = OrderStatus.Cancelled;
    }

    private void Require(OrderStatus expected)
    {
        if (Status != expected)
            throw new DomainException($"Order {Id} is {Status}, not {expected}.");
    }
}
