using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Loading.Building;

/// <summary>The texts of files as last read from disk; both stages of a load and every reload share them.</summary>
internal sealed class SourceTexts
{
    private const long LongestFile = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(PathNames.Comparer);

    /// <summary>The text on disk, read again only if the file's time or length changed.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="problem">Why there is none, or what should be known about it.</param>
    public SourceText? Read(string path, out LoadIssue? problem)
    {
        problem = null;
        try
        {
            var file = new FileInfo(path);
            var (time, length) = (file.LastWriteTimeUtc, file.Length);
            if (!_entries.TryGetValue(path, out var entry) || entry.Time != time || entry.Length != length)
            {
                if (length > LongestFile)
                    throw new IOException($"it is longer than {LongestFile / 1024 / 1024} MB");
                entry = new Entry(time, length, TextDecoding.Read(path));
                _entries[path] = entry;
            }

            if (TextDecoding.IsFallback(entry.Text))
                problem = new LoadIssue(ProblemSeverity.Information,
                    $"{Path.GetFileName(path)} is not UTF-8; it is read as Latin-1, and written back so.", path);
            return entry.Text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problem = new LoadIssue(ProblemSeverity.Warning,
                $"{Path.GetFileName(path)} is left out, for it cannot be read: {exception.Message.TrimEnd('.')}.", path);
            return null;
        }
    }

    /// <summary>Makes the next read of a file a real one.</summary>
    public void Forget(string path) => _entries.TryRemove(path, out _);

    private sealed record Entry(DateTime Time, long Length, SourceText Text);
}
