using System.Collections.Immutable;
using QwenIde.Protocol;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>A document as the editor shows it.</summary>
/// <param name="Uri">As the editor names it.</param>
/// <param name="Path">Its absolute path.</param>
/// <param name="Version">The editor's version of it.</param>
/// <param name="Text">Its text, saved or not.</param>
internal sealed record OpenDocument(DocumentUri Uri, string Path, int Version, string Text);

/// <summary>The documents open in the editor at one moment.</summary>
internal sealed class OpenDocuments
{
    private readonly ImmutableDictionary<string, OpenDocument> _byPath;

    private OpenDocuments(ImmutableDictionary<string, OpenDocument> byPath) => _byPath = byPath;

    /// <summary>None.</summary>
    public static OpenDocuments None { get; } = new(ImmutableDictionary.Create<string, OpenDocument>(
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase));

    /// <summary>All of them.</summary>
    public IEnumerable<OpenDocument> All => _byPath.Values;

    /// <summary>The open document at a path, if it is open.</summary>
    public OpenDocument? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The same with one document in its newest state.</summary>
    public OpenDocuments With(OpenDocument document) => new(_byPath.SetItem(document.Path, document));

    /// <summary>The same with one document closed.</summary>
    public OpenDocuments Without(string path) => new(_byPath.Remove(path));
}
