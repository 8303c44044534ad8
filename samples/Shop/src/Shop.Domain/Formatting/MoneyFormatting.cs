namespace Shop.Domain.Formatting;

/// <summary>Money and weights as people read them.</summary>
public static class MoneyFormatting
{
    /// <summary>An amount set flush right in a column.</summary>
    public static string ToColumn(this Money money, int width = 14) => money.ToString().PadLeft(width);

    /// <summary>Grams, or kilograms from 1,000 grams on.</summary>
    public static string ToWeight(this int grams) => grams < 1000 ? $"{grams} g" : $"{grams / 1000m:0.##} kg";
}