using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Text;

/// <summary>
/// Bytes to text and back without loss. A file is UTF-8, or what its byte-order mark says; bytes that are no UTF-8 are read
/// as Latin-1, which gives every byte a character and so takes none away.
/// </summary>
internal static class TextDecoding
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), // before UTF-16, whose mark it begins with
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    private static readonly Encoding Latin1 =
        Encoding.GetEncoding(Encoding.Latin1.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>Reads a source file; <see cref="SourceText.Encoding"/> is the one to write it back with, mark included.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="DecoderFallbackException">The file bears a byte-order mark that its bytes belie.</exception>
    public static SourceText Read(string path) => Decode(File.ReadAllBytes(path));

    /// <summary>Decodes the bytes of a whole file.</summary>
    /// <exception cref="DecoderFallbackException">The bytes begin with a byte-order mark and are not what it says.</exception>
    public static SourceText Decode(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in Marked)
            if (bytes.StartsWith(encoding.Preamble))
                return SourceText.From(encoding.GetString(bytes[encoding.Preamble.Length..]), encoding);
        try
        {
            return SourceText.From(Utf8.GetString(bytes), Utf8);
        }
        catch (DecoderFallbackException)
        {
            return SourceText.From(Latin1.GetString(bytes), Latin1);
        }
    }

    /// <summary>Whether a text was read as Latin-1 because its bytes were no UTF-8.</summary>
    public static bool IsFallback(SourceText text) => text.Encoding?.CodePage == Latin1.CodePage;

    /// <summary>Encodes a text with its own encoding and mark.</summary>
    /// <returns>False if the encoding has no bytes for one of the characters, which <paramref name="unencodable"/> names.</returns>
    public static bool TryEncode(
        SourceText text, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? unencodable)
    {
        var encoding = text.Encoding ?? Utf8;
        try
        {
            bytes = [.. encoding.Preamble, .. encoding.GetBytes(text.ToString())];
            unencodable = null;
            return true;
        }
        catch (EncoderFallbackException exception)
        {
            bytes = null;
            unencodable = exception.CharUnknownHigh == 0
                ? exception.CharUnknown.ToString()
                : $"{exception.CharUnknownHigh}{exception.CharUnknownLow}";
            return false;
        }
    }
}
