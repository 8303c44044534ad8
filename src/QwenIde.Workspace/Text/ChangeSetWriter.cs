using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace;

/// <summary>
/// Writes change sets to disk, all files or none: encoding, byte-order mark, line endings and every untouched byte stay.
/// </summary>
/// <remarks>
/// Each new text is staged beside its file and flushed; then the files are read once more, and only if none has changed
/// are the staged ones renamed over them. A failed rename puts back those before it.
/// </remarks>
public static class ChangeSetWriter
{
    /// <summary>Writes a change set that was made for the texts now on disk.</summary>
    /// <param name="changes">The edits.</param>
    /// <param name="snapshot">The snapshot they were made for: a file whose text on disk differs from it is refused.</param>
    /// <param name="cancellationToken">Observed until the first file is replaced.</param>
    /// <exception cref="StaleChangeSetException">The set was made for another snapshot.</exception>
    /// <exception cref="ChangeSetConflictException">A file changed meanwhile, cannot be written, or cannot hold the new
    /// text in its encoding. Nothing was written.</exception>
    public static async Task WriteAsync(ChangeSet changes, SolutionSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (changes.SnapshotVersion != snapshot.Version)
            throw new StaleChangeSetException(changes.SnapshotVersion, snapshot.Version);

        var staged = new List<StagedFile>();
        try
        {
            foreach (var file in changes.Files)
                staged.Add(await StageAsync(file, snapshot.Solution, cancellationToken));
            foreach (var file in staged)
                if (!ReadBytes(file.Target).AsSpan().SequenceEqual(file.OldBytes))
                    throw Changed(file.Target);
            cancellationToken.ThrowIfCancellationRequested();
            Replace(staged);
        }
        finally
        {
            foreach (var file in staged)
                File.Delete(file.Temporary);
        }
    }

    private static async Task<StagedFile> StageAsync(FileEdit edit, Solution solution, CancellationToken cancellationToken)
    {
        var id = solution.GetDocumentIdsWithFilePath(edit.Path).FirstOrDefault()
            ?? throw new ChangeSetConflictException($"{edit.Path} is not a source file of the open solution, so it was not changed.");
        var expected = await solution.GetDocument(id)!.GetTextAsync(cancellationToken);
        var oldBytes = ReadBytes(edit.Path);
        var onDisk = TextDecoding.Decode(oldBytes);
        if (!onDisk.ContentEquals(expected) && onDisk.ToString() != expected.ToString())
            throw Changed(edit.Path);
        // A link may lead out of the workspace, and a rename would replace it by a file.
        if (File.ResolveLinkTarget(edit.Path, returnFinalTarget: false) is not null)
            throw new ChangeSetConflictException($"{edit.Path} is a symbolic link; edit the file that it points to.");
        if ((File.GetAttributes(edit.Path) & FileAttributes.ReadOnly) != 0)
            throw new ChangeSetConflictException($"{edit.Path} is read-only; make it writable and try again.");
        if (!TextDecoding.TryEncode(onDisk.WithEdits(edit.Edits), out var newBytes, out var unencodable))
            throw new ChangeSetConflictException(
                $"{edit.Path} is stored as {onDisk.Encoding!.WebName}, which has no '{unencodable}'; save it as UTF-8 and try again.");

        var temporary = Path.Combine(Path.GetDirectoryName(edit.Path)!, $".{Path.GetFileName(edit.Path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            await using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await stream.WriteAsync(newBytes, cancellationToken);
            stream.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(edit.Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new ChangeSetConflictException($"{edit.Path} cannot be written: {exception.Message}");
        }

        return new StagedFile(edit.Path, temporary, oldBytes);
    }

    private static void Replace(List<StagedFile> staged)
    {
        var replaced = 0;
        try
        {
            for (; replaced < staged.Count; replaced++)
                File.Move(staged[replaced].Temporary, staged[replaced].Target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            foreach (var file in staged.Take(replaced))
                File.WriteAllBytes(file.Target, file.OldBytes);
            throw new ChangeSetConflictException($"{staged[replaced].Target} cannot be replaced: {exception.Message}");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ChangeSetConflictException($"{path} cannot be read: {exception.Message}");
        }
    }

    private static ChangeSetConflictException Changed(string path) =>
        new($"{path} has changed since the edit was made, so nothing was written; ask for the edit again.");

    private sealed record StagedFile(string Target, string Temporary, byte[] OldBytes);
}

/// <summary>A change set was refused; the message names the file and says what to do.</summary>
public sealed class ChangeSetConflictException(string message) : Exception(message);
