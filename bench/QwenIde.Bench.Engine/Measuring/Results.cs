using System.Collections.Immutable;
using QwenIde.Bench.Engine.Contenders;

namespace QwenIde.Bench.Engine.Measuring;

/// <summary>One measure of one contender, taken several times.</summary>
/// <param name="Length">Tokens of the prompt.</param>
/// <param name="Answers">In the order taken.</param>
internal sealed record Series(int Length, ImmutableArray<Answer> Answers);

/// <summary>The names of measures.</summary>
internal static class Measure
{
    public const string Decode = "decode";

    /// <summary>A turn near the end of a conversation was edited; earlier states may serve.</summary>
    public const string EditReused = "edit, states reused";

    /// <summary>The edited conversation is processed from its first token.</summary>
    public const string EditFresh = "edit, everything processed";

    public static string Prefill(int length) => $"prefill {length:00000}";
}

/// <summary>Everything measured of one contender.</summary>
/// <param name="Introduction">What it says of itself.</param>
/// <param name="ModelBytes">Size of its model's files.</param>
/// <param name="TokenBytes">What decoding one token must read and write at least.</param>
/// <param name="Series">By the measure's name.</param>
/// <param name="AfterLoad">Memory before the first request.</param>
/// <param name="AtEnd">Memory after the last.</param>
internal sealed record ContenderResult(
    Introduction Introduction,
    long ModelBytes,
    long TokenBytes,
    ImmutableSortedDictionary<string, Series> Series,
    ProcessMemory AfterLoad,
    ProcessMemory AtEnd);

/// <summary>One run.</summary>
/// <param name="Machine">Processor, cores, system.</param>
/// <param name="Shape">Of the model.</param>
/// <param name="Threads">Of every contender.</param>
/// <param name="Repetitions">Of every measure.</param>
/// <param name="BandwidthBefore">Bytes a second that so many threads read, before the contenders ran.</param>
/// <param name="BandwidthAfter">And afterwards.</param>
/// <param name="Peer">llama.cpp; null where it is missing.</param>
/// <param name="Ours">Our engine.</param>
internal sealed record EngineResult(
    string Machine,
    ModelShape Shape,
    int Threads,
    int Repetitions,
    double BandwidthBefore,
    double BandwidthAfter,
    ContenderResult? Peer,
    ContenderResult? Ours);
