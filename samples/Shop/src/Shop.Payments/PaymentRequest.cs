using Shop.Domain;

namespace Shop.Payments;

/// <summary>How the customer wants to pay.</summary>
public enum PaymentMethod
{
    /// <summary>A credit or debit card.</summary>
    Card,

    /// <summary>A bill with the parcel.</summary>
    Invoice,
}

/// <summary>Asks for money.</summary>
/// <param name="Order">What it is for.</param>
/// <param name="Amount">How much.</param>
/// <param name="Method">By which way.</param>
/// <param name="Card">The card's number, for cards.</param>
public sealed record PaymentRequest(OrderId Order, Money Amount, PaymentMethod Method, CardNumber? Card = null);

/// <summary>Says that money has come, or will.</summary>
/// <param name="Reference">The provider's name for the payment.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When.</param>
public sealed record PaymentReceipt(string Reference, Money Amount, DateTimeOffset At);
