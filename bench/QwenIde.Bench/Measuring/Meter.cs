using System.Diagnostics;

namespace QwenIde.Bench.Measuring;

/// <summary>Measures this process.</summary>
internal static class Meter
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Runs something and says what it took.</summary>
    public static async Task<(T Value, Cost Cost)> MeasureAsync<T>(Func<Task<T>> run)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        T value = await run();
        TimeSpan wall = Stopwatch.GetElapsedTime(begun);
        process.Refresh();
        return (value, new Cost(
            wall.TotalMilliseconds,
            (process.TotalProcessorTime - cpu).TotalMilliseconds,
            process.WorkingSet64 / Megabyte));
    }

    /// <summary>Runs something and gives the milliseconds on the clock.</summary>
    public static async Task<double> TimeAsync(Func<Task> run)
    {
        var begun = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>The most memory that this process has had resident.</summary>
    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / Megabyte;
    }

    /// <summary>The value below which a share of the values lie, by the nearest-rank method.</summary>
    /// <param name="values">In any order; not empty.</param>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
