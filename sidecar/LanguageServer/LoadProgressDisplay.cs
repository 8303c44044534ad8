using QwenIde.Protocol;
using QwenIde.Protocol.Lsp;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Shows in the editor how a load goes on: at most ten times a second, and only the newest word.</summary>
internal sealed class LoadProgressDisplay(Editor editor) : IProgress<LoadProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<NumberOrText, CancellationTokenSource> _cancellable = [];
    private volatile LoadProgress? _latest;

    /// <inheritdoc/>
    public void Report(LoadProgress value) => _latest = value;

    /// <summary>Shows a progress until <paramref name="work"/> ends.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">What is waited for; its outcome is nobody's business here.</param>
    /// <param name="cancellation">Cancelled if the person cancels; null if that is not possible.</param>
    public async Task ShowAsync(string title, Task work, CancellationTokenSource? cancellation)
    {
        if (work.IsCompleted || await editor.CreateProgressAsync() is not { } token)
            return;
        if (cancellation is not null)
            lock (_gate)
                _cancellable.Add(token, cancellation);
        await editor.ReportProgressAsync(
            token, new WorkDoneProgressBegin { Title = title, Cancellable = cancellation is not null });
        LoadProgress? shown = null;
        while (await Task.WhenAny(work, Task.Delay(Pace)) != work)
        {
            if (_latest is not { } latest || ReferenceEquals(latest, shown))
                continue;
            shown = latest;
            var message = latest.Total > 0 ? $"{latest.Message} ({latest.Done}/{latest.Total})" : latest.Message;
            await editor.ReportProgressAsync(token, new WorkDoneProgressReport { Message = message });
        }
        lock (_gate)
            _cancellable.Remove(token);
        await editor.ReportProgressAsync(token, new WorkDoneProgressEnd());
    }

    /// <summary>The person cancelled a progress.</summary>
    public void Cancel(NumberOrText token)
    {
        lock (_gate)
            if (_cancellable.Remove(token, out CancellationTokenSource? cancellation))
                cancellation.Cancel();
    }
}
