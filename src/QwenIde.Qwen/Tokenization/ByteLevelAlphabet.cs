namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// How a byte-level vocabulary spells bytes as printable characters (GPT-2's table): a byte that Latin-1 prints stands for
/// itself, the others follow in order from U+0100.
/// </summary>
internal static class ByteLevelAlphabet
{
    private const int CharacterLimit = 0x100 + 68;

    private static readonly short[] _bytes = MakeTable();

    /// <summary>Turns a token's spelling in UTF-8 into the bytes it stands for.</summary>
    /// <param name="spelling">The spelling, UTF-8.</param>
    /// <param name="bytes">Room for as many bytes as the spelling has.</param>
    /// <returns>How many bytes were written, or -1 if some character stands for no byte.</returns>
    public static int Decode(ReadOnlySpan<byte> spelling, Span<byte> bytes)
    {
        var written = 0;
        for (var i = 0; i < spelling.Length; i++)
        {
            int character = spelling[i];
            if (character >= 0x80)
            {
                // Every character of the alphabet has at most two UTF-8 bytes.
                if ((character & 0xE0) != 0xC0 || i + 1 == spelling.Length)
                    return -1;
                character = ((character & 0x1F) << 6) | (spelling[++i] & 0x3F);
            }

            if (character >= CharacterLimit || _bytes[character] < 0)
                return -1;
            bytes[written++] = (byte)_bytes[character];
        }

        return written;
    }

    private static short[] MakeTable()
    {
        var table = new short[CharacterLimit];
        Array.Fill(table, (short)-1);
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var prints = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            table[prints ? value : next++] = (short)value;
        }

        return table;
    }
}
