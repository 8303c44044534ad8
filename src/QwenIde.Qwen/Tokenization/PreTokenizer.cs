using System.Globalization;
using System.Text;

namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// Cuts text into the pieces within which pairs may merge, exactly as Qwen's pattern does. By hand and by code point, since
/// .NET's regular expressions see letters and digits beyond U+FFFF as two symbols. Never looks at a character more than a
/// few times.
/// </summary>
internal static class PreTokenizer
{
    /// <summary>The pattern that is followed, as <c>tokenizer.json</c> spells it.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly CharacterKind[] _asciiKinds = [.. Enumerable.Range(0, 128).Select(code => KindOf(new Rune(code)))];

    private enum CharacterKind : byte
    {
        /// <summary>Neither letter, number nor white space.</summary>
        Other,
        Letter,
        Number,
        Space,

        /// <summary>Carriage return or line feed; these are white space too.</summary>
        LineBreak,
    }

    /// <summary>Where the piece that begins at <paramref name="start"/> ends.</summary>
    /// <param name="text">UTF-16 without lone surrogates.</param>
    /// <param name="start">Below the text's length.</param>
    public static int EndOfPiece(ReadOnlySpan<char> text, int start)
    {
        var kind = KindAt(text, start, out var length);
        var next = start + length;
        if (text[start] == '\'' && LengthOfContraction(text[next..]) is > 0 and var letters)
            return next + letters;
        if (kind == CharacterKind.Letter)
            return SkipAll(text, next, CharacterKind.Letter);
        if (kind == CharacterKind.Number)
            return next;

        // One blank or mark may stand before letters; of what stands before marks, only a space.
        var nextKind = next < text.Length ? KindAt(text, next, out _) : CharacterKind.LineBreak;
        if (kind != CharacterKind.LineBreak && nextKind == CharacterKind.Letter)
            return SkipAll(text, next, CharacterKind.Letter);
        if (kind == CharacterKind.Other || (text[start] == ' ' && nextKind == CharacterKind.Other))
            return SkipAll(text, SkipAll(text, next, CharacterKind.Other), CharacterKind.LineBreak);
        return EndOfBlanks(text, start);
    }

    /// <summary>White space goes up to its last line break; without one, up to before its last character if something follows.</summary>
    private static int EndOfBlanks(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var afterLineBreak = start;
        while (end < text.Length && KindAt(text, end, out _) is CharacterKind.Space or CharacterKind.LineBreak)
        {
            if (text[end++] is '\r' or '\n')
                afterLineBreak = end;
        }

        if (afterLineBreak > start)
            return afterLineBreak;
        return end == text.Length || end == start + 1 ? end : end - 1;
    }

    private static int SkipAll(ReadOnlySpan<char> text, int start, CharacterKind kind)
    {
        while (start < text.Length && KindAt(text, start, out var length) == kind)
            start += length;
        return start;
    }

    /// <summary>The letters of 's, 't, 're, 've, 'm, 'll, 'd in any case, or 0.</summary>
    private static int LengthOfContraction(ReadOnlySpan<char> letters)
    {
        if (letters.IsEmpty)
            return 0;
        var first = letters[0] | 0x20;
        if (first is 's' or 't' or 'm' or 'd' || letters[0] == LongS)
            return 1;
        var second = letters.Length > 1 ? letters[1] | 0x20 : 0;
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 2 : 0;
    }

    /// <summary>U+017F, which equals s when case is ignored.</summary>
    private const char LongS = '\u017F';

    private static CharacterKind KindAt(ReadOnlySpan<char> text, int index, out int length)
    {
        length = 1;
        var character = text[index];
        if (character < 128)
            return _asciiKinds[character];
        if (!char.IsHighSurrogate(character))
            return KindOf(new Rune(character));
        length = 2;
        return KindOf(new Rune(character, text[index + 1]));
    }

    private static CharacterKind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterKind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
        _ when rune.Value is '\r' or '\n' => CharacterKind.LineBreak,
        _ => Rune.IsWhiteSpace(rune) ? CharacterKind.Space : CharacterKind.Other,
    };
}
