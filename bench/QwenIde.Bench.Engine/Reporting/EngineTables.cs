using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using QwenIde.Bench.Engine.Measuring;

namespace QwenIde.Bench.Engine.Reporting;

/// <summary>The tables of <c>bench/README.md</c>.</summary>
internal static class EngineTables
{
    private const double Megabyte = 1e6;
    private const double Gigabyte = 1e9;

    /// <summary>Everything, as Markdown.</summary>
    public static string Render(EngineResult result)
    {
        var text = new StringBuilder();
        Head(text, result);
        Times(text, result);
        Edit(text, result.Ours);
        Sizes(text, result);
        return text.ToString();
    }

    private static void Head(StringBuilder text, EngineResult result)
    {
        ModelShape shape = result.Shape;
        Line(text, $"{result.Machine}; {result.Threads} threads for all, {result.Repetitions} repetitions, in turn.");
        Line(text, $"Random weights in 4 bits: {shape.Layers} layers, hidden {shape.Hidden}, {shape.Experts} experts of which {shape.ExpertsPerToken}, vocabulary {shape.Vocabulary}.");
        Line(text, $"");
        foreach (ContenderResult contender in new[] { result.Peer, result.Ours }.OfType<ContenderResult>())
            Line(text, $"- {contender.Introduction.Name}: {contender.Introduction.Details}; loaded in {contender.Introduction.LoadMilliseconds / 1000:0.0} s");
        if (result.Peer is null)
            Line(text, $"- llama.cpp is missing, so there is nothing to compare with");
    }

    private static void Times(StringBuilder text, EngineResult result)
    {
        Line(text, $"\n| | llama.cpp min | median | CPU | ours min | median | CPU | ratio min | median |");
        Line(text, $"| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        Times(text, "decode, ms/token", result, Measure.Decode, Spread.OfSteps);
        Speeds(text, "decode, tokens/s", result, Measure.Decode, Spread.OfSteps, 1);
        foreach (var length in Prefills(result))
        {
            var measure = Measure.Prefill(length);
            Times(text, $"prefill of {length}, ms", result, measure, Spread.OfFirst);
            Speeds(text, $"prefill of {length}, tokens/s", result, measure, Spread.OfFirst, length);
        }
        Line(text, $"\nMin and median are clock times; CPU is the least processor time of all threads together. Prefill is the time to the first token. Ratio: llama.cpp's time over ours, so that above 1 ours is faster.");
    }

    private static ImmutableSortedSet<int> Prefills(EngineResult result) =>
        [.. new[] { result.Peer, result.Ours }.OfType<ContenderResult>()
            .SelectMany(contender => contender.Series)
            .Where(pair => pair.Key == Measure.Prefill(pair.Value.Length))
            .Select(pair => pair.Value.Length)];

    private static void Times(StringBuilder text, string name, EngineResult result, string measure, Func<Series, Spread> select)
    {
        Spread? peer = Find(result.Peer, measure, select), ours = Find(result.Ours, measure, select);
        Line(text, $"| {name} | {Show(peer?.Min)} | {Show(peer?.Median)} | {Show(peer?.Cpu)} | {Show(ours?.Min)} | {Show(ours?.Median)} | {Show(ours?.Cpu)} | {Ratio(peer?.Min, ours?.Min)} | {Ratio(peer?.Median, ours?.Median)} |");
    }

    private static void Speeds(
        StringBuilder text, string name, EngineResult result, string measure, Func<Series, Spread> select, int tokens)
    {
        Spread? peer = Find(result.Peer, measure, select), ours = Find(result.Ours, measure, select);
        string Speed(double? milliseconds) => Show(1000 * tokens / milliseconds);
        Line(text, $"| {name} | {Speed(peer?.Min)} | {Speed(peer?.Median)} | | {Speed(ours?.Min)} | {Speed(ours?.Median)} | | | |");
    }

    private static Spread? Find(ContenderResult? contender, string measure, Func<Series, Spread> select) =>
        contender?.Series.GetValueOrDefault(measure) is { } series ? select(series) : null;

    private static void Edit(StringBuilder text, ContenderResult? ours)
    {
        if (ours?.Series.GetValueOrDefault(Measure.EditReused) is not { } reused)
            return;
        Series fresh = ours.Series[Measure.EditFresh];
        Spread quick = Spread.OfFirst(reused), slow = Spread.OfFirst(fresh);
        Line(text, $"\n| turn after an edited earlier message, {reused.Length} tokens | ms to the first token, min | median | CPU |");
        Line(text, $"| --- | --- | --- | --- |");
        Line(text, $"| {reused.Answers[0].ReusedTokens} tokens from a checkpoint | {Show(quick.Min)} | {Show(quick.Median)} | {Show(quick.Cpu)} |");
        Line(text, $"| everything processed | {Show(slow.Min)} | {Show(slow.Median)} | {Show(slow.Cpu)} |");
        Line(text, $"| ratio | {Ratio(slow.Min, quick.Min)} | {Ratio(slow.Median, quick.Median)} | {Ratio(slow.Cpu, quick.Cpu)} |");
    }

    private static void Sizes(StringBuilder text, EngineResult result)
    {
        ContenderResult? peer = result.Peer, ours = result.Ours;
        Line(text, $"\n| memory, MB | llama.cpp | ours |");
        Line(text, $"| --- | --- | --- |");
        void Row(string name, Func<ContenderResult, double?> value) =>
            Line(text, $"| {name} | {Show(peer is null ? null : value(peer))} | {Show(ours is null ? null : value(ours))} |");
        Row("model files", contender => contender.ModelBytes / Megabyte);
        Row("resident after loading", contender => contender.AfterLoad.Resident / Megabyte);
        Row("resident at the end", contender => contender.AtEnd.Resident / Megabyte);
        Row("of it anonymous", contender => contender.AtEnd.Anonymous / Megabyte);
        Row("of it mapped files", contender => contender.AtEnd.FileBacked / Megabyte);
        Row("peak", contender => contender.AtEnd.Peak / Megabyte);
        Row("peak / model files", contender => (double)contender.AtEnd.Peak / contender.ModelBytes);
        Row("moved per decoded token, by the shapes", contender => contender.TokenBytes / Megabyte);
        Row("that per second, GB/s", contender => Moved(contender));
        var bandwidth = Math.Max(result.BandwidthBefore, result.BandwidthAfter);
        Row("share of the bandwidth, %", contender => 100 * Moved(contender) * Gigabyte / bandwidth);
        Line(text, $"\nPlain reads by as many threads: {result.BandwidthBefore / Gigabyte:0.0} GB/s before, {result.BandwidthAfter / Gigabyte:0.0} GB/s after; the share is of the higher, at the fastest token.");
    }

    private static double? Moved(ContenderResult contender) =>
        contender.TokenBytes / Gigabyte / (Spread.OfSteps(contender.Series[Measure.Decode]).Min / 1000);

    private static string Show(double? value) => value switch
    {
        null => "–",
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Ratio(double? numerator, double? denominator) =>
        numerator / denominator is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>How a measure's values spread, in milliseconds.</summary>
    private sealed record Spread(ImmutableArray<double> Values, ImmutableArray<double> CpuValues)
    {
        /// <summary>Of the first tokens.</summary>
        public static Spread OfFirst(Series series) => new(
            [.. series.Answers.Select(answer => answer.First.Milliseconds)],
            [.. series.Answers.Select(answer => answer.First.CpuMilliseconds)]);

        /// <summary>Of all tokens after the first; of processor time there is one mean for each answer.</summary>
        public static Spread OfSteps(Series series) => new(
            [.. series.Answers.SelectMany(answer => answer.Steps)],
            [.. series.Answers.Select(answer => answer.StepsCpuMilliseconds / answer.Steps.Length)]);

        public double Min => Values.Min();

        public double Median
        {
            get
            {
                ImmutableArray<double> sorted = [.. Values.Order()];
                return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            }
        }

        public double Cpu => CpuValues.Min();
    }
}
