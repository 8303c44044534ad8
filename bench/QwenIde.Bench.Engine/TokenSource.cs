using System.Collections.Immutable;

namespace QwenIde.Bench.Engine;

/// <summary>Random tokens; the same in every run, so that every contender gets the same.</summary>
internal sealed class TokenSource(int vocabulary)
{
    // The last identifiers of the true vocabulary are special tokens and padding.
    private readonly int _limit = Math.Min(vocabulary, 151_643);
    private readonly Random _random = new(1);

    /// <summary>The next so many.</summary>
    public ImmutableArray<int> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(_limit))];
}
