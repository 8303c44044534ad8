namespace QwenIde.Workspace.Symbols;

/// <summary>How well a name fits what someone typed for it.</summary>
internal static class NameMatch
{
    private const int ShortestFuzzy = 4;

    /// <summary>From 0 (does not fit) to 1 (is the very name).</summary>
    public static double Score(string name, string typed)
    {
        if (typed.Length == 0 || name.Length == 0)
            return 0;
        if (name.Equals(typed, StringComparison.Ordinal))
            return 1;
        if (name.Equals(typed, StringComparison.OrdinalIgnoreCase))
            return 0.97;
        var share = (double)typed.Length / name.Length; // of two that fit alike, the shorter name is nearer
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            return 0.8 + (0.15 * share);
        if (typed.Length > 1 && FitsHumps(name, typed))
            return 0.65 + (0.15 * share);
        if (typed.Length > 2 && name.IndexOf(typed, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
            return (char.IsUpper(name[at]) || !char.IsLetter(name[at - 1]) ? 0.6 : 0.4) + (0.1 * share);
        if (typed.Length >= ShortestFuzzy && Distance(name, typed, typed.Length / ShortestFuzzy) is { } distance)
            return 0.6 - (0.1 * distance);
        return 0;
    }

    /// <summary>Whether each typed letter continues the last hump or begins a later one: <c>OrSer</c> and <c>os</c> fit
    /// <c>OrderService</c>.</summary>
    private static bool FitsHumps(string name, string typed)
    {
        // reached[j]: the first j typed letters are used up, the last of them at the letter of the name just looked at.
        var reached = new bool[typed.Length + 1];
        var anywhere = new bool[typed.Length + 1];
        anywhere[0] = true;
        for (var i = 0; i < name.Length; i++)
        {
            var startsHump = i == 0 || char.IsUpper(name[i]) || name[i - 1] == '_' || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            for (var j = typed.Length; j > 0; j--)
                reached[j] = char.ToUpperInvariant(name[i]) == char.ToUpperInvariant(typed[j - 1])
                    && (startsHump ? anywhere[j - 1] || reached[j - 1] : reached[j - 1]);
            for (var j = 1; j <= typed.Length; j++)
                anywhere[j] |= reached[j];
        }

        return anywhere[typed.Length];
    }

    /// <summary>How many letters must be changed, put in, left out or swapped; null if more than <paramref name="most"/>.</summary>
    private static int? Distance(string name, string typed, int most)
    {
        if (Math.Abs(name.Length - typed.Length) > most)
            return null;
        var (before, last, next) = (new int[typed.Length + 1], Enumerable.Range(0, typed.Length + 1).ToArray(), new int[typed.Length + 1]);
        for (var i = 1; i <= name.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= typed.Length; j++)
            {
                var same = char.ToUpperInvariant(name[i - 1]) == char.ToUpperInvariant(typed[j - 1]);
                next[j] = Math.Min(Math.Min(next[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && char.ToUpperInvariant(name[i - 1]) == char.ToUpperInvariant(typed[j - 2])
                    && char.ToUpperInvariant(name[i - 2]) == char.ToUpperInvariant(typed[j - 1]))
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, last, next) = (last, next, before);
        }

        return last[typed.Length] <= most ? last[typed.Length] : null;
    }
}
