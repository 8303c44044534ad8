using System.Globalization;

namespace QwenIde.Workspace.Loading.References;

/// <summary>A package's version, as far as choosing among cached ones needs it: four numbers and a pre-release label.</summary>
internal sealed record PackageVersion(int Major, int Minor, int Patch, int Revision, string Label) : IComparable<PackageVersion>
{
    /// <summary>Whether it precedes a release.</summary>
    public bool IsPrerelease => Label.Length > 0;

    /// <summary>Reads <c>1.2.3</c>, <c>1.2.3-beta.1+build</c>, or the lower end of a range such as <c>[1.2,2.0)</c> or <c>1.*</c>.</summary>
    public static PackageVersion? Parse(string? text)
    {
        if (text is null)
            return null;
        text = text.Trim().TrimStart('[', '(').Split(',')[0].TrimEnd(']', ')').Split('+')[0].Trim();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var label = dash < 0 ? "" : text[(dash + 1)..];
        var numbers = new int[4];
        var parts = (dash < 0 ? text : text[..dash]).Split('.');
        if (parts.Length > numbers.Length)
            return null;
        for (var i = 0; i < parts.Length; i++)
            if (parts[i] != "*" && !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        return new PackageVersion(numbers[0], numbers[1], numbers[2], numbers[3], label);
    }

    /// <inheritdoc/>
    public int CompareTo(PackageVersion? other)
    {
        if (other is null)
            return 1;
        var numbers = (Major, Minor, Patch, Revision).CompareTo((other.Major, other.Minor, other.Patch, other.Revision));
        if (numbers != 0)
            return numbers;
        if (IsPrerelease != other.IsPrerelease)
            return IsPrerelease ? -1 : 1;
        return CompareLabels(Label.Split('.'), other.Label.Split('.'));
    }

    private static int CompareLabels(string[] left, string[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var bothNumbers = int.TryParse(left[i], out var a) & int.TryParse(right[i], out var b);
            var order = bothNumbers ? a.CompareTo(b) : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }
}
