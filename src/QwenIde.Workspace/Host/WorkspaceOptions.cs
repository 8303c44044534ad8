using Microsoft.Extensions.Logging;

namespace QwenIde.Workspace;

/// <summary>How a workspace is to be opened.</summary>
/// <param name="IsTrusted">Whether MSBuild, generators and other code of the repository may run.</param>
/// <param name="LoadFullModel">Whether stage two is wanted at all; without trust it never runs.</param>
/// <param name="Logger">Where details go.</param>
public sealed record WorkspaceOptions(bool IsTrusted, bool LoadFullModel, ILogger Logger)
{
    /// <summary>The folder that the user opened: without trust nothing outside is read, links followed. Null for the
    /// repository around the target or, where there is none, the target's folder.</summary>
    public string? Root { get; init; }

    /// <summary>The NuGet package cache; null for the user's own.</summary>
    public string? PackagesFolder { get; init; }
}

/// <summary>A step of a load.</summary>
/// <param name="Message">What is being done.</param>
/// <param name="Done">How many of <paramref name="Total"/> are done; both 0 while unknown.</param>
/// <param name="Total">How many there are.</param>
public sealed record LoadProgress(string Message, int Done, int Total);

/// <summary>A workspace cannot be opened; the message is one clear sentence for the user.</summary>
public sealed class WorkspaceLoadException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>There is nothing to open yet, rather than something that cannot be opened.</summary>
    public bool IsNothingThere { get; init; }
}
