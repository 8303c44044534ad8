using QwenIde.Workspace;
using Spectre.Console;

namespace QwenIde.Sidecar.Cli;

/// <summary>Where a command writes: results to standard output, everything else to standard error.</summary>
/// <param name="Output">Results; coloured only on a terminal.</param>
/// <param name="Error">Sentences and progress.</param>
/// <param name="ShowsProgress">Whether standard error is a terminal, so that a bar can be redrawn there.</param>
internal sealed record Terminal(IAnsiConsole Output, IAnsiConsole Error, bool ShowsProgress)
{
    private static readonly TimeSpan PatienceBeforeProgress = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TimeBetweenLines = TimeSpan.FromSeconds(30);

    private const int Unlimited = int.MaxValue / 2;

    /// <summary>The process's own terminal.</summary>
    public static Terminal Create(bool isPlain)
    {
        var terminal = new Terminal(
            CreateConsole(Console.Out, Console.IsOutputRedirected, isPlain),
            CreateConsole(Console.Error, Console.IsErrorRedirected, isPlain),
            !Console.IsErrorRedirected && !isPlain);
        // Long lines are the terminal's to wrap; a diff cut in pieces could not be applied.
        terminal.Output.Profile.Width = Unlimited;
        if (!terminal.ShowsProgress)
            terminal.Error.Profile.Width = Unlimited;
        return terminal;
    }

    /// <summary>Writes a result line. The text may come from others.</summary>
    public void WriteLine(string text = "", Style? style = null) => Output.WriteLine(VisibleText.Escape(text), style ?? Style.Plain);

    /// <summary>Writes a sentence to standard error. The text may come from others.</summary>
    public void WriteError(string text, Style? style = null) => Error.WriteLine(VisibleText.Escape(text), style ?? Style.Plain);

    /// <summary>Writes a machine's answer as it is.</summary>
    public static void WriteJson(string json) => Console.Out.WriteLine(json);

    /// <summary>Does something, with a bar on anything over a second.</summary>
    public Task<T> WithProgressAsync<T>(Func<IProgress<LoadProgress>, Task<T>> work) =>
        WithProgressAsync(work, static (LoadProgress progress) => new Step(progress.Message, progress.Done, progress.Total));

    /// <summary>
    /// Does something, with a bar on anything over a second; where no bar can be drawn, with a line now and then.
    /// </summary>
    public async Task<T> WithProgressAsync<T, TReport>(Func<IProgress<TReport>, Task<T>> work, Func<TReport, Step> show)
    {
        var latest = new LatestStep<TReport>(show);
        Task<T> running = work(latest);
        if (ShowsProgress && await Task.WhenAny(running, Task.Delay(PatienceBeforeProgress)) != running)
            await ShowAsync(running, latest);
        while (!ShowsProgress && await Task.WhenAny(running, Task.Delay(TimeBetweenLines)) != running)
            WriteError(latest.Value.Total > 0
                ? $"{latest.Value.Message} ({latest.Value.Done / latest.Value.Total:P0})"
                : latest.Value.Message);
        return await running;
    }

    private async Task ShowAsync(Task running, ILatestStep latest) =>
        await Error.Progress().AutoClear(true).Columns(
            new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("Working");
                while (!running.IsCompleted)
                {
                    Step step = latest.Value;
                    bar.Description = Markup.Escape(VisibleText.Escape(step.Message));
                    bar.IsIndeterminate = step.Total == 0;
                    bar.MaxValue = Math.Max(1, step.Total);
                    bar.Value = step.Done;
                    await Task.WhenAny(running, Task.Delay(100));
                }
            });

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isRedirected, bool isPlain) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain || isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain || isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });

    private interface ILatestStep
    {
        Step Value { get; }
    }

    /// <summary>The newest report; those before it do not matter to a bar.</summary>
    private sealed class LatestStep<TReport>(Func<TReport, Step> show) : IProgress<TReport>, ILatestStep
    {
        private volatile Step _value = new("Working", 0, 0);

        public Step Value => _value;

        public void Report(TReport value) => _value = show(value);
    }
}

/// <summary>What a progress bar shows.</summary>
/// <param name="Message">What is being done.</param>
/// <param name="Done">So much of <paramref name="Total"/>.</param>
/// <param name="Total">0 where it is not known.</param>
internal sealed record Step(string Message, double Done, double Total);
