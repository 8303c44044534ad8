using Microsoft.Extensions.Logging;

namespace QwenIde.Workspace;

/// <summary>How a workspace is to be opened.</summary>
/// <param name="IsTrusted">Whether MSBuild, generators and other code of the repository may run.</param>
/// <param name="LoadFullModel">Whether stage two is wanted at all; without trust it never runs.</param>
/// <param name="Logger">Where details go.</param>
public sealed record WorkspaceOptions(bool IsTrusted, bool LoadFullModel, ILogger Logger);

/// <summary>A step of a load.</summary>
/// <param name="Message">What is being done.</param>
/// <param name="Done">How many of <paramref name="Total"/> are done; both 0 while unknown.</param>
/// <param name="Total">How many there are.</param>
public sealed record LoadProgress(string Message, int Done, int Total);

/// <summary>
/// The open solution: the one place where its state changes. Changes are applied one at a time and each yields a new
/// <see cref="SolutionSnapshot"/>; snapshots already handed out stay as they are.
/// </summary>
public sealed class SolutionHost : IAsyncDisposable
{
    /// <summary>Opens a solution, project or folder from its project files alone; the full model follows in the background.</summary>
    /// <exception cref="WorkspaceLoadException">There is nothing to open; the message says what to do.</exception>
    public static Task<SolutionHost> OpenAsync(
        string path, WorkspaceOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The newest snapshot.</summary>
    public SolutionSnapshot Current => throw new NotImplementedException();

    /// <summary>Ends when the full model has arrived, or will not; never faults. Its outcome stands in <see cref="LoadReport"/>.</summary>
    public Task FullModel => throw new NotImplementedException();

    /// <summary>Raised after each new snapshot, in order.</summary>
#pragma warning disable CS0067
    public event EventHandler<SolutionSnapshot>? Changed;
#pragma warning restore CS0067

    /// <summary>The editor's text of a file now counts instead of the file's.</summary>
    public SolutionSnapshot SetBuffer(string path, string text) => throw new NotImplementedException();

    /// <summary>The file's own text counts again.</summary>
    public SolutionSnapshot CloseBuffer(string path) => throw new NotImplementedException();

    /// <summary>Files were created, changed or deleted on disk.</summary>
    public Task<SolutionSnapshot> FilesChangedAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The user trusts the workspace from now on: starts stage two.</summary>
    public void Trust() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

/// <summary>A workspace cannot be opened; the message is one clear sentence for the user.</summary>
public sealed class WorkspaceLoadException(string message, Exception? inner = null) : Exception(message, inner);
