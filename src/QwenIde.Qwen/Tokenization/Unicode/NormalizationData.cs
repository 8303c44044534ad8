using System.Globalization;
using System.Text;

namespace QwenIde.Qwen.Tokenization.Unicode;

/// <summary>What canonical normalisation knows of each code point, from the embedded <c>Normalization.txt</c>.</summary>
internal sealed class NormalizationData
{
    private const int CodePoints = 0x110000;

    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly ulong[] _unstable = new ulong[CodePoints / 64];

    private NormalizationData(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            if (parts[0] == "#")
                continue;
            if (parts.Length == 2)
                AddClass(parts[0].Split('-'), byte.Parse(parts[1], CultureInfo.InvariantCulture));
            else
                AddDecomposition(Hex(parts[0]), [.. parts.Skip(2).Select(Hex)], composes: parts[1] == "=");
        }

        // The vowels and trailing consonants of Hangul compose with what stands before them.
        for (var jamo = Hangul.FirstVowel; jamo < Hangul.FirstVowel + Hangul.Vowels; jamo++)
            MarkUnstable(jamo);
        for (var jamo = Hangul.BeforeFirstTrail + 1; jamo < Hangul.BeforeFirstTrail + Hangul.Trails; jamo++)
            MarkUnstable(jamo);
    }

    /// <summary>Read once, when the first text needs it.</summary>
    public static NormalizationData Instance { get; } = Load();

    /// <summary>
    /// Whether NFC may change the code point, move it or join it to what stands before. A code point that is not unstable
    /// begins a stretch that can be normalised by itself.
    /// </summary>
    public bool IsUnstable(int codePoint) => (_unstable[codePoint >> 6] >> (codePoint & 63) & 1) != 0;

    /// <summary>The canonical combining class; 0 for a code point that never moves.</summary>
    public byte ClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    /// <summary>The full canonical decomposition, or null; syllables of Hangul are not in here.</summary>
    public int[]? DecompositionOf(int codePoint) => _decompositions.GetValueOrDefault(codePoint);

    /// <summary>What the two compose to, or -1; syllables of Hangul are not in here.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault((first, second), -1);

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static NormalizationData Load()
    {
        using var stream = typeof(NormalizationData).Assembly.GetManifestResourceStream("Normalization.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new NormalizationData(reader);
    }

    private void AddClass(string[] range, byte value)
    {
        for (var codePoint = Hex(range[0]); codePoint <= Hex(range[1]); codePoint++)
        {
            _classes[codePoint] = value;
            MarkUnstable(codePoint);
        }
    }

    private void AddDecomposition(int codePoint, int[] parts, bool composes)
    {
        if (composes)
        {
            _compositions[(parts[0], parts[1])] = codePoint;
            MarkUnstable(parts[1]);
        }
        else
        {
            MarkUnstable(codePoint);
        }

        _decompositions[codePoint] = parts;
    }

    private void MarkUnstable(int codePoint) => _unstable[codePoint >> 6] |= 1UL << (codePoint & 63);
}
