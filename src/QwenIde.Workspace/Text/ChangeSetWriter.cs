namespace QwenIde.Workspace;

/// <summary>
/// Writes change sets to disk, all files or none: encoding, byte-order mark, line endings and every untouched byte stay.
/// </summary>
public sealed class ChangeSetWriter
{
    /// <summary>Writes a change set that was made for the texts now on disk.</summary>
    /// <param name="changes">The edits.</param>
    /// <param name="snapshot">The snapshot they were made for: a file whose text on disk differs from it is refused.</param>
    /// <param name="cancellationToken">Observed until the first file is replaced.</param>
    /// <exception cref="ChangeSetConflictException">A file changed meanwhile, cannot be written, or cannot hold the new
    /// text in its encoding. Nothing was written.</exception>
    public Task WriteAsync(ChangeSet changes, SolutionSnapshot snapshot, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

/// <summary>A change set was refused; the message names the file and says what to do.</summary>
public sealed class ChangeSetConflictException(string message) : Exception(message);
