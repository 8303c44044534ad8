using System.Collections.Immutable;
using QwenIde.Bench.Engine.Contenders;
using QwenIde.Bench.Engine.Measuring;

namespace QwenIde.Bench.Engine;

/// <summary>A contender and what it has answered so far.</summary>
internal sealed class Track(Contender contender, long modelBytes, long tokenBytes) : IDisposable
{
    private readonly Dictionary<string, (int Length, List<Answer> Answers)> _series = [];

    public string Name => contender.Introduction.Name;

    /// <summary>Asks, and keeps the answer under a measure's name.</summary>
    public async Task<Answer> TakeAsync(string measure, Request request, CancellationToken cancellationToken)
    {
        Answer answer = await contender.AskAsync(request, cancellationToken);
        if (!_series.TryGetValue(measure, out var series))
            _series[measure] = series = (request.Prompt.Length, []);
        series.Answers.Add(answer);
        return answer;
    }

    /// <summary>Forgets all answers, which warmed the contender up.</summary>
    public void Clear() => _series.Clear();

    public ContenderResult ToResult() => new(
        contender.Introduction,
        modelBytes,
        tokenBytes,
        _series.ToImmutableSortedDictionary(pair => pair.Key, pair => new Series(pair.Value.Length, [.. pair.Value.Answers])),
        contender.AfterLoad,
        contender.Memory);

    public void Dispose() => contender.Dispose();
}
