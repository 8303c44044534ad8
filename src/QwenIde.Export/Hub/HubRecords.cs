using System.Collections.Immutable;

namespace QwenIde.Export.Hub;

/// <summary>A file of a repository on the hub.</summary>
/// <param name="Path">Relative, with forward slashes; checked to stay inside a folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the content, for files kept in large-file storage; else null.</param>
/// <param name="GitSha1">The git blob id: SHA-1 of <c>blob SIZE\0CONTENT</c>; for large files that of their pointer, and null here.</param>
public sealed record HubFile(string Path, long Size, string? Sha256, string? GitSha1);

/// <summary>A repository at one commit.</summary>
/// <param name="Id">Such as <c>Qwen/Qwen3-Coder-Next</c>.</param>
/// <param name="Commit">The full commit id: files of one pull never mix two revisions.</param>
/// <param name="Files">Every file, in the order of their paths.</param>
public sealed record HubRepository(string Id, string Commit, ImmutableArray<HubFile> Files);

/// <summary>Where a pull stands.</summary>
/// <param name="File">The file that moved last.</param>
/// <param name="IsChecking">Whether bytes already on disk are being hashed, rather than fetched.</param>
/// <param name="Done">Bytes that are on disk, over all files.</param>
/// <param name="Total">Bytes of all files.</param>
public sealed record PullProgress(string File, bool IsChecking, long Done, long Total);

/// <summary>What to pull, and how.</summary>
public sealed record PullOptions
{
    /// <summary>A branch, a tag or a commit.</summary>
    public string Revision { get; init; } = "main";

    /// <summary>
    /// Globs over the whole path, where <c>*</c> also crosses folders; empty takes what an export or a model directory needs
    /// (<see cref="HubSelection"/>).
    /// </summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Files fetched at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Attempts in a row without a single new byte, after which a file is given up.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The first wait between two such attempts; doubled each time, up to a minute.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection on which nothing arrives for so long is dropped, and the file resumed on another.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>The hub cannot be used as asked; the message is one sentence for a person.</summary>
public sealed class HubException(string message, Exception? inner = null) : Exception(message, inner);
