namespace Shop.Domain;

/// <summary>Where to send a parcel or a bill.</summary>
public sealed record Address(string Street, string PostalCode, string City, string Country)
{
    /// <summary>A second line, such as a floor or a company.</summary>
    public string? Extra { get; init; }

    /// <summary>The lines of a label, without blank ones.</summary>
    public IEnumerable<string> ToLines()
    {
        yield return Street;
        if (!string.IsNullOrWhiteSpace(Extra))
            yield return Extra;
        yield return $"{PostalCode} {City}";
        yield return Country.ToUpperInvariant();
    }
}
