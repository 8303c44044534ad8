using QwenIde.Bench.Engine.Contenders;
using QwenIde.Bench.Engine.Contenders.Peer;
using QwenIde.Bench.Engine.Measuring;

namespace QwenIde.Bench.Engine;

/// <summary>Takes every measure of every contender in turn, so that a busy machine disturbs all alike.</summary>
internal sealed class Coordinator(EngineOptions options, Action<string> log)
{
    private readonly TokenSource _tokens = new(options.Shape.Vocabulary);

    /// <summary>Runs everything.</summary>
    public async Task<EngineResult> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Models);
        var before = ReadBandwidth.Measure(options.Threads);
        log($"memory reads at {before / 1e9:0.0} GB/s");
        Track? peer = null;
        try
        {
            if (options.Peer is { } folder)
                peer = await StartPeerAsync(folder, cancellationToken);
            Track[] tracks = peer is null ? [] : [peer];
            await WarmUpAsync(tracks, cancellationToken);
            for (var repetition = 1; repetition <= options.Repetitions; repetition++)
                await RepeatAsync(tracks, repetition, cancellationToken);
            return new EngineResult(
                Machine.Describe(),
                options.Shape,
                options.Threads,
                options.Repetitions,
                before,
                ReadBandwidth.Measure(options.Threads),
                peer?.ToResult(),
                null);
        }
        finally
        {
            peer?.Dispose();
        }
    }

    private async Task<Track> StartPeerAsync(string folder, CancellationToken cancellationToken)
    {
        log("starting llama.cpp");
        Contender contender = await LlamaPeer.StartAsync(options, folder, cancellationToken);
        return new Track(
            contender,
            new FileInfo(LlamaPeer.ModelPath(options)).Length,
            TokenBytes.Count(options.Shape, TokenBytes.Q4, TokenBytes.Q4));
    }

    // Pages come in, and just-in-time compilers get to know the code; none of it is kept.
    private async Task WarmUpAsync(Track[] tracks, CancellationToken cancellationToken)
    {
        var request = Request.Fresh(_tokens.Take(options.Prefills.Min()), _tokens.Take(options.DecodedTokens));
        foreach (Track track in tracks)
        {
            log($"{track.Name}: warming up");
            await track.TakeAsync(Measure.Decode, request, cancellationToken);
            track.Clear();
        }
    }

    private async Task RepeatAsync(Track[] tracks, int repetition, CancellationToken cancellationToken)
    {
        var decode = Request.Fresh(_tokens.Take(EngineOptions.ShortPrompt), _tokens.Take(options.DecodedTokens));
        foreach (Track track in tracks)
        {
            Answer answer = await track.TakeAsync(Measure.Decode, decode, cancellationToken);
            log($"{repetition}/{options.Repetitions} {track.Name}: {answer.Steps.Min():0.0} ms a token at the best");
        }
        foreach (var length in options.Prefills)
        {
            var prefill = Request.Fresh(_tokens.Take(length), []);
            foreach (Track track in tracks)
            {
                Answer answer = await track.TakeAsync(Measure.Prefill(length), prefill, cancellationToken);
                log($"{repetition}/{options.Repetitions} {track.Name}: {length} tokens in {answer.First.Milliseconds:0} ms");
            }
        }
    }
}
