namespace QwenIde.Sidecar.Models;

/// <summary>The folder in which a user's models stand, one folder each.</summary>
internal sealed class ModelStore(string root)
{
    /// <summary>The folder itself; it need not exist.</summary>
    public string Root => root;

    /// <summary>Where a repository of the hub is put: <c>owner/name</c> becomes <c>owner--name</c>.</summary>
    public string FolderFor(string repository) => Path.Combine(root, repository.Replace("/", "--", StringComparison.Ordinal));
}
