namespace Shop.Domain;

/// <summary>A rule of the shop was broken; the message is fit for the customer.</summary>
public sealed class DomainException(string message) : Exception(message);
