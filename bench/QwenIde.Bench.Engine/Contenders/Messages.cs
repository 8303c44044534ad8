using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Bench.Engine.Contenders;

/// <summary>What a contender says of itself once its model is loaded.</summary>
/// <param name="Name">Name and version.</param>
/// <param name="Details">What it runs with: kernels, batch, threads.</param>
/// <param name="LoadMilliseconds">From the call to the loaded model.</param>
internal sealed record Introduction(string Name, string Details, double LoadMilliseconds);

/// <summary>One conversation to run.</summary>
/// <param name="Prompt">Token identifiers.</param>
/// <param name="Continuation">
/// The tokens to feed after it, whatever the model would have chosen, so that every contender does the same work.
/// </param>
/// <param name="Boundaries">Positions in the prompt where turns end.</param>
/// <param name="MayReuse">Whether states of earlier requests may serve; if not, nothing earlier is known.</param>
internal sealed record Request(
    ImmutableArray<int> Prompt, ImmutableArray<int> Continuation, ImmutableArray<int> Boundaries, bool MayReuse)
{
    /// <summary>A prompt of which nothing is known.</summary>
    public static Request Fresh(ImmutableArray<int> prompt, ImmutableArray<int> continuation) => new(prompt, continuation, [], false);
}

/// <summary>What something took.</summary>
/// <param name="Milliseconds">On the clock.</param>
/// <param name="CpuMilliseconds">Of all of the process's threads.</param>
internal sealed record Timing(double Milliseconds, double CpuMilliseconds);

/// <summary>What a request took.</summary>
/// <param name="First">From the request to the first token.</param>
/// <param name="Steps">Milliseconds on the clock for each token after that.</param>
/// <param name="StepsCpuMilliseconds">Processor time of all steps together.</param>
/// <param name="ReusedTokens">How much of the prompt an earlier state spared.</param>
internal sealed record Answer(Timing First, ImmutableArray<double> Steps, double StepsCpuMilliseconds, int ReusedTokens);

/// <summary>The lines between the benchmark and a contender.</summary>
internal static class MessageFormat
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
