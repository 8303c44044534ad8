using System.Collections.Concurrent;

namespace QwenIde.Inference.Native;

/// <summary>
/// What custom operators may know of the run that calls them. ONNX Runtime calls them on the thread that called
/// <see cref="OrtSession.Run"/>, which is how a session tells its concurrent runs apart.
/// </summary>
internal sealed class CurrentRun
{
    private readonly ConcurrentDictionary<int, Run> _runs = new();

    /// <summary>The run of this thread; null while a session is made, which may try operators out.</summary>
    public Run? OnThisThread => _runs.GetValueOrDefault(Environment.CurrentManagedThreadId);

    public void Begin(Run run) => _runs[Environment.CurrentManagedThreadId] = run;

    public void End() => _runs.TryRemove(Environment.CurrentManagedThreadId, out _);

    /// <summary>One run.</summary>
    internal sealed class Run(CancellationToken cancellation)
    {
        public CancellationToken Cancellation { get; } = cancellation;

        /// <summary>What a custom operator threw.</summary>
        public Exception? Failure { get; set; }
    }
}
