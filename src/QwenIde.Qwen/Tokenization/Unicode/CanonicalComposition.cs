using System.Runtime.InteropServices;
using System.Text;

namespace QwenIde.Qwen.Tokenization.Unicode;

/// <summary>
/// Unicode normalisation form C (UAX #15), from tables of our own: with invariant globalization
/// <see cref="string.Normalize()"/> returns its input as it is. Linear in the text but for the sorting of marks.
/// </summary>
internal static class CanonicalComposition
{
    /// <summary>Every code point below is NFC wherever it stands: the first combining mark.</summary>
    private const char FirstUnstable = '\u0300';

    /// <summary>The text in NFC, each lone surrogate replaced by U+FFFD.</summary>
    /// <returns>The text itself if it is so already.</returns>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyInRange(FirstUnstable, char.MaxValue);
        if (start < 0)
            return text;
        text = ReplaceLoneSurrogates(text);
        var unstable = IndexOfUnstable(text, start, NormalizationData.Instance);
        return unstable < 0 ? text : Compose(text, unstable, NormalizationData.Instance);
    }

    private static ReadOnlySpan<char> ReplaceLoneSurrogates(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            // Reading by code point replaces what is left.
            var replaced = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
                AppendCodePoint(replaced, rune.Value);
            return replaced.ToString();
        }

        return text;
    }

    private static int IndexOfUnstable(ReadOnlySpan<char> text, int start, NormalizationData data)
    {
        for (var i = start; i < text.Length; i++)
        {
            var codePoint = CodePointAt(text, i);
            if (data.IsUnstable(codePoint))
                return i;
            if (codePoint > char.MaxValue)
                i++;
        }

        return -1;
    }

    /// <summary>Copies what is stable and composes each stretch of one stable code point and the unstable ones after it.</summary>
    private static string Compose(ReadOnlySpan<char> text, int unstable, NormalizationData data)
    {
        var output = new StringBuilder(text.Length);
        var stretch = new List<int>();
        var copied = 0;
        while (unstable >= 0)
        {
            var start = unstable;
            if (start > copied)
                start -= start - 2 >= copied && char.IsSurrogatePair(text[start - 2], text[start - 1]) ? 2 : 1;
            output.Append(text[copied..start]);
            var end = start;
            stretch.Clear();
            do
            {
                var codePoint = CodePointAt(text, end);
                Decompose(codePoint, stretch, data);
                end += codePoint > char.MaxValue ? 2 : 1;
            }
            while (end < text.Length && (end <= unstable || data.IsUnstable(CodePointAt(text, end))));

            Order(CollectionsMarshal.AsSpan(stretch), data);
            ComposeStretch(stretch, data);
            foreach (var codePoint in stretch)
                AppendCodePoint(output, codePoint);
            copied = end;
            unstable = IndexOfUnstable(text, end, data);
        }

        return output.Append(text[copied..]).ToString();
    }

    private static void Decompose(int codePoint, List<int> parts, NormalizationData data)
    {
        if (data.DecompositionOf(codePoint) is { } decomposition)
        {
            foreach (var part in decomposition)
                Decompose(part, parts, data);
        }
        else if (!Hangul.TryDecompose(codePoint, parts))
        {
            parts.Add(codePoint);
        }
    }

    /// <summary>Puts every run of marks in the order of their classes, equal ones as they stood.</summary>
    private static void Order(Span<int> stretch, NormalizationData data)
    {
        for (var start = 0; start < stretch.Length; start++)
        {
            var end = start;
            var last = 0;
            var ordered = true;
            for (; end < stretch.Length && data.ClassOf(stretch[end]) is not 0 and var value; end++)
            {
                ordered &= last <= value;
                last = value;
            }

            if (!ordered)
                SortByClass(stretch[start..end], data);
            start = end;
        }
    }

    private static void SortByClass(Span<int> marks, NormalizationData data)
    {
        var keys = new long[marks.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((long)data.ClassOf(marks[i]) << 32) | (uint)i;
        keys.AsSpan().Sort(marks);
    }

    /// <summary>Joins each mark to the last code point of class 0 where nothing of its class or a higher one stands between.</summary>
    private static void ComposeStretch(List<int> stretch, NormalizationData data)
    {
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        for (var i = 0; i < stretch.Count; i++)
        {
            var codePoint = stretch[i];
            var value = data.ClassOf(codePoint);
            var isBlocked = starter < kept - 1 && lastClass >= value;
            if (starter >= 0 && !isBlocked && Join(stretch[starter], codePoint, data) is >= 0 and var composite)
            {
                stretch[starter] = composite;
                continue;
            }

            if (value == 0)
                starter = kept;
            lastClass = value;
            stretch[kept++] = codePoint;
        }

        stretch.RemoveRange(kept, stretch.Count - kept);
    }

    private static int Join(int first, int second, NormalizationData data) =>
        Hangul.Compose(first, second) is >= 0 and var syllable ? syllable : data.Compose(first, second);

    private static int CodePointAt(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) ? char.ConvertToUtf32(text[index], text[index + 1]) : text[index];

    private static void AppendCodePoint(StringBuilder output, int codePoint)
    {
        Span<char> characters = stackalloc char[2];
        output.Append(characters[..new Rune(codePoint).EncodeToUtf16(characters)]);
    }
}
