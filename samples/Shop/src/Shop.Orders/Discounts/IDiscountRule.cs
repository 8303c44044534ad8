using Shop.Domain;

namespace Shop.Orders.Discounts;

/// <summary>A reason to take less money.</summary>
public interface IDiscountRule
{
    /// <summary>What the bill says.</summary>
    string Name { get; }

    /// <summary>The share that an order gets; null if the rule does not apply.</summary>
    Percentage? For(Customer customer, IReadOnlyList<OrderLine> lines);
}
