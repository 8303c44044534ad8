namespace QwenIde.Qwen.Tokenization.Unicode;

/// <summary>The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    public const int FirstSyllable = 0xAC00;
    public const int FirstLead = 0x1100;
    public const int FirstVowel = 0x1161;
    public const int BeforeFirstTrail = 0x11A7;
    public const int Leads = 19;
    public const int Vowels = 21;

    /// <summary>The trailing consonants and the lack of one.</summary>
    public const int Trails = 28;

    private const int Syllables = Leads * Vowels * Trails;

    /// <summary>Appends the letters of a syllable.</summary>
    /// <returns>False if the code point is no syllable.</returns>
    public static bool TryDecompose(int codePoint, List<int> parts)
    {
        var index = codePoint - FirstSyllable;
        if (index is < 0 or >= Syllables)
            return false;
        parts.Add(FirstLead + (index / (Vowels * Trails)));
        parts.Add(FirstVowel + (index / Trails % Vowels));
        if (index % Trails != 0)
            parts.Add(BeforeFirstTrail + (index % Trails));
        return true;
    }

    /// <summary>The syllable of a leading consonant and a vowel, or of such a syllable and a trailing consonant; else -1.</summary>
    public static int Compose(int first, int second)
    {
        var lead = first - FirstLead;
        var vowel = second - FirstVowel;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return FirstSyllable + (((lead * Vowels) + vowel) * Trails);
        var index = first - FirstSyllable;
        var trail = second - BeforeFirstTrail;
        return index is >= 0 and < Syllables && index % Trails == 0 && trail is > 0 and < Trails ? first + trail : -1;
    }
}
