namespace Shop.Domain;

/// <summary>A part of a longer list.</summary>
/// <param name="Items">The items of this part.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Offset">How many came before.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Offset)
{
    /// <summary>Whether another part follows.</summary>
    public bool HasMore => Offset + Items.Count < Total;

    /// <summary>The same part of a list of something else.</summary>
    public Page<TOther> Map<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], Total, Offset);
}
