using System.Buffers;
using System.Text;

namespace QwenIde.Qwen.Tokenization;

/// <summary>
/// Ids to text, one by one: what comes out is whole characters, and all of it together is what decoding the bytes at once
/// gives. Not thread-safe; one instance follows one generation.
/// </summary>
/// <param name="tokenizer">Whose ids they are.</param>
/// <param name="skipSpecial">Whether control tokens are left out.</param>
public sealed class TokenDecoder(QwenTokenizer tokenizer, bool skipSpecial = false)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>Follows a token.</summary>
    /// <returns>The text that is certain now; often empty while a character's bytes are incomplete.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tokenizer has no such id.</exception>
    public string Add(int id) =>
        skipSpecial && tokenizer.IsSpecial(id) ? string.Empty : Decode(tokenizer.BytesOf(id), flush: false);

    /// <summary>Ends the text: bytes that are still held can no longer become a character. The decoder is as new afterwards.</summary>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        // Three held bytes and those of this token make at most as many characters.
        var room = bytes.Length + 4;
        var rented = room > 256 ? ArrayPool<char>.Shared.Rent(room) : null;
        var characters = rented ?? stackalloc char[256];
        var text = new string(characters[.._utf8.GetChars(bytes, characters, flush)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return text;
    }
}
