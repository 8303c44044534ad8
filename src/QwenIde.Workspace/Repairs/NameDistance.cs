namespace QwenIde.Workspace.Repairs;

/// <summary>How near two names are: by letters for slips of the finger, by words for slips of memory.</summary>
internal static class NameDistance
{
    /// <summary>What one says for the same thing in other libraries and languages.</summary>
    private static readonly string[][] _synonyms =
    [
        ["Count", "Length", "Size"],
        ["Add", "Append", "Push", "Enqueue", "Insert", "Put", "TryAdd"],
        ["Remove", "Delete", "Erase"],
        ["Contains", "ContainsKey", "Includes", "Has", "Any", "Exists"],
        ["WriteLine", "PrintLine", "Println", "Print"],
        ["ToUpper", "ToUpperCase", "Upper"],
        ["ToLower", "ToLowerCase", "Lower"],
        ["Select", "Map"],
        ["Where", "Filter"],
        ["Aggregate", "Reduce", "Fold"],
        ["Substring", "Substr", "Slice"],
        ["IsNullOrEmpty", "IsEmpty", "Empty"],
        ["AddRange", "AddAll", "Extend"],
        ["First", "Head", "Peek"],
        ["Dispose", "Close"],
        ["Get", "Find", "Fetch", "Load", "Retrieve", "Read"],
        ["Create", "Make", "Build", "New"],
        ["Update", "Change", "Modify", "Edit"],
        ["Maximum", "Max"],
        ["Minimum", "Min"],
    ];

    /// <summary>Nearness from 0 (unlike) to 1 (the same but for case).</summary>
    public static double Similarity(string wanted, string candidate)
    {
        if (string.Equals(wanted, candidate, StringComparison.OrdinalIgnoreCase))
            return 1;
        var distance = Edits(wanted.ToUpperInvariant(), candidate.ToUpperInvariant());
        var longest = Math.Max(wanted.Length, candidate.Length);
        var allowed = wanted.Length switch { <= 3 => 1, <= 10 => 2, _ => 3 };
        var byLetters = distance <= allowed && distance < wanted.Length ? 1 - ((double)distance / longest) : 0;
        var byMemory = AreSynonyms(wanted, candidate) ? 0.6 : IsShortFor(candidate, wanted) || IsShortFor(wanted, candidate) ? 0.42 : 0;
        return Math.Max(byLetters, Math.Max(ByWords(wanted, candidate), byMemory));
    }

    /// <summary>Insertions, deletions, substitutions and transpositions of neighbours that lead from one to the other.</summary>
    public static int Edits(string from, string to)
    {
        var (before, previous, current) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = from[i - 1] == to[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[to.Length];
    }

    /// <summary>The words of a name: <c>HTTPClientFactory</c> has three.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            var ends = i == name.Length || name[i] == '_'
                || (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));
            if (!ends)
                continue;
            var word = name[start..i].Trim('_');
            if (word.Length > 0)
                words.Add(word.ToUpperInvariant());
            start = i;
        }
        return words;
    }

    /// <summary>A name as the beginning of a sentence: <c>orderLine</c> is "Order line".</summary>
    public static string Sentence(string name)
    {
        var text = string.Join(' ', Words(name)).ToLowerInvariant();
        return text.Length == 0 ? "It" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static double ByWords(string wanted, string candidate)
    {
        var (left, right) = (Words(wanted), Words(candidate));
        if (left.Count == 1 && right.Count == 1)
            return 0;
        var shared = left.Count(word => right.Any(other => AreAlike(word, other)));
        var share = (double)shared / (left.Count + right.Count - shared);
        return share >= 0.5 ? 0.3 + (0.3 * share) : 0;
    }

    /// <summary>Whether two words are one but for their ending, or say the same.</summary>
    private static bool AreAlike(string left, string right)
    {
        if (left == right || AreSynonyms(left, right))
            return true;
        var start = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return start >= 3 && start * 2 > Math.Max(left.Length, right.Length);
    }

    /// <summary>Whether a name abbreviates the other: <c>Sqrt</c> is short for <c>SquareRoot</c>.</summary>
    private static bool IsShortFor(string abbreviation, string name)
    {
        if (abbreviation.Length < 3 || abbreviation.Length * 3 < name.Length || abbreviation.Length >= name.Length
            || char.ToUpperInvariant(abbreviation[0]) != char.ToUpperInvariant(name[0]))
            return false;
        var next = 0;
        foreach (var letter in name)
        {
            if (next < abbreviation.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(abbreviation[next]))
                next++;
        }
        return next == abbreviation.Length;
    }

    private static bool AreSynonyms(string left, string right) =>
        _synonyms.Any(group => group.Contains(left, StringComparer.OrdinalIgnoreCase) && group.Contains(right, StringComparer.OrdinalIgnoreCase));
}
