using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol;

/// <summary>A document's address as the editor sent it. Files are told by path: two editors may escape the same path differently.</summary>
/// <remarks>
/// <see cref="FromFilePath(string)"/> writes what VS Code writes: <c>file:///c%3A/My%20App/%C3%9C.cs</c>, drive letter in lower
/// case, everything escaped but RFC 3986's unreserved characters and the slash. <see cref="TryGetFilePath(out string)"/>
/// reads every spelling.
/// </remarks>
[JsonConverter(typeof(Converter))]
public readonly record struct DocumentUri(string Text)
{
    private const string FileScheme = "file://";

    /// <summary>The address of a file on this machine, given by its absolute path.</summary>
    public static DocumentUri FromFilePath(string path) => FromFilePath(path, OperatingSystem.IsWindows());

    /// <summary>The path, if this names a file.</summary>
    public bool TryGetFilePath(out string path) => TryGetFilePath(OperatingSystem.IsWindows(), out path);

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static DocumentUri FromFilePath(string path, bool windows)
    {
        if (!windows)
        {
            return path.StartsWith('/')
                ? new DocumentUri(FileScheme + Escape(path))
                : throw new ArgumentException($"'{path}' is not an absolute path.", nameof(path));
        }

        var slashes = path.Replace('\\', '/');
        if (slashes.StartsWith("//?/UNC/", StringComparison.OrdinalIgnoreCase))
            slashes = "//" + slashes[8..];
        else if (slashes.StartsWith("//?/", StringComparison.Ordinal))
            slashes = slashes[4..];
        if (slashes.StartsWith("//", StringComparison.Ordinal))
            return new DocumentUri("file:" + Escape(slashes));
        return HasDrive(slashes)
            ? new DocumentUri($"{FileScheme}/{char.ToLowerInvariant(slashes[0])}%3A{Escape(slashes[2..])}")
            : throw new ArgumentException($"'{path}' is not an absolute path.", nameof(path));
    }

    internal bool TryGetFilePath(bool windows, out string path)
    {
        path = "";
        if (Text is null || !Text.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = Text[FileScheme.Length..];
        var end = rest.IndexOfAny(['?', '#']);
        if (end >= 0)
            rest = rest[..end];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return false;
        var host = rest[..slash];
        var local = Uri.UnescapeDataString(rest[slash..]);
        if (host.Length > 0 && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            local = "//" + Uri.UnescapeDataString(host) + local;
        if (local.Contains('\0', StringComparison.Ordinal))
            return false;
        path = windows ? ToWindows(local) : local;
        return true;
    }

    private static string ToWindows(string local)
    {
        if (local.Length >= 3 && local[0] == '/' && HasDrive(local[1..]))
            local = char.ToUpperInvariant(local[1]) + local[2..];
        return local.Replace('/', '\\');
    }

    private static bool HasDrive(string path) =>
        path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && (path.Length == 2 || path[2] is '/' or '\\');

    private static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length + 16);
        foreach (var part in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)part) || part is (byte)'/' or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
                escaped.Append((char)part);
            else
                escaped.Append('%').Append(part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    internal sealed class Converter : JsonConverter<DocumentUri>
    {
        public override DocumentUri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? new DocumentUri(reader.GetString()!)
                : throw new JsonException("A URI must be a string.");

        public override void Write(Utf8JsonWriter writer, DocumentUri value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}
