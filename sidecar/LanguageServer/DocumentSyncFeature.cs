using Microsoft.Extensions.Logging;
using QwenIde.Protocol;
using QwenIde.Protocol.Lsp;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Keeps the workspace in step with the editor's buffers and the files on disk.</summary>
/// <param name="session">The workspace.</param>
/// <param name="openAnew">Opens the workspace again, now that there may be something to open.</param>
/// <param name="logger">Where a client out of step is noted.</param>
internal sealed class DocumentSyncFeature(WorkspaceSession session, Action openAnew, ILogger logger)
{
    /// <summary>The files whose changes matter, as glob patterns.</summary>
    public static IReadOnlyList<string> WatchedPatterns { get; } =
        ["**/*.cs", "**/*.{csproj,props,targets}", "**/*.{sln,slnx}", "**/{global.json,.editorconfig}", "**/obj/project.assets.json"];

    /// <summary>Serves <c>textDocument/did*</c> and <c>workspace/didChangeWatchedFiles</c>.</summary>
    public void Register(ServerHandlers handlers)
    {
        handlers.Change(LspMethods.DidOpen, parameters => Open(parameters.TextDocument));
        handlers.Change(LspMethods.DidChange, Change);
        handlers.Change(LspMethods.DidSave, parameters => Save(parameters.TextDocument.Uri));
        handlers.Change(LspMethods.DidClose, parameters => Close(parameters.TextDocument.Uri));
        handlers.Change(LspMethods.DidChangeWatchedFiles, parameters =>
        {
            string[] paths = [.. parameters.Changes.Select(change => PathOf(change.Uri)).OfType<string>()];
            FilesChanged(paths);
        });
    }

    /// <summary>The absolute path of a document on disk; null for any other.</summary>
    public static string? PathOf(DocumentUri uri) =>
        uri.TryGetFilePath(out var path) && Path.IsPathFullyQualified(path) ? Path.GetFullPath(path) : null;

    private void Open(TextDocumentItem item)
    {
        if (PathOf(item.Uri) is { } path)
            session.SetBuffer(new OpenDocument(item.Uri, path, item.Version, item.Text));
    }

    private void Change(DidChangeTextDocumentParams parameters)
    {
        if (PathOf(parameters.TextDocument.Uri) is not { } path)
            return;
        if (session.Documents.Find(path) is not { } document)
        {
            logger.LogWarning("{Path} was changed without having been opened; the change is ignored.", path);
            return;
        }
        try
        {
            var text = TextChanges.Apply(document.Text, parameters.ContentChanges);
            session.SetBuffer(document with { Version = parameters.TextDocument.Version, Text = text });
        }
        catch (InvalidDataException exception)
        {
            logger.LogError(
                "{Path} is out of step with the editor ({Reason}); close it and open it again.", path, exception.Message);
        }
    }

    private void Close(DocumentUri uri)
    {
        if (PathOf(uri) is { } path)
            session.CloseBuffer(path);
    }

    // A saved source file is what its buffer is already; a saved project file is news.
    private void Save(DocumentUri uri)
    {
        if (PathOf(uri) is { } path && session.Documents.Find(path) is null)
            FilesChanged([path]);
    }

    private void FilesChanged(string[] paths)
    {
        if (paths.Length == 0)
            return;
        if (session.IsWorthOpeningAnew(paths))
            openAnew();
        else
            _ = FilesChangedAsync(paths);
    }

    private async Task FilesChangedAsync(string[] paths)
    {
        try
        {
            await session.FilesChangedAsync(paths, CancellationToken.None);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Taking up {Count} changed files failed", paths.Length);
        }
    }
}
