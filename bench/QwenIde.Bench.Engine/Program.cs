using System.CommandLine;
using System.Diagnostics;
using QwenIde.Bench.Engine;
using QwenIde.Bench.Engine.Reporting;

var quick = new Option<bool>("--quick") { Description = "A small model and few tokens, to see that everything works." };
var threads = new Option<int>("--threads") { Description = "Threads of every contender.", DefaultValueFactory = _ => Environment.ProcessorCount };
var repetitions = new Option<int>("--repetitions") { Description = "How often each measure is taken.", DefaultValueFactory = _ => 5 };
var output = new Option<string>("--out") { Description = "A folder for engine.json and engine.md.", DefaultValueFactory = _ => "artifacts/bench" };
var keep = new Option<bool>("--keep") { Description = "Keep the synthetic models, of about 4 GB each, for the next run." };
var peer = new Option<string?>("--peer") { Description = "The folder in which npm has installed node-llama-cpp." };
var node = new Option<string>("--node") { Description = "Node's executable.", DefaultValueFactory = _ => "node" };
var engine = new Command("engine", "Decoding, prefill, memory and the reuse of states, against llama.cpp in the same run.")
{
    quick, threads, repetitions, output, keep, peer, node,
};
engine.SetAction(async (parsed, cancellationToken) =>
{
    var folder = Path.GetFullPath(parsed.GetValue(output)!);
    var options = EngineOptions.For(
        parsed.GetValue(quick),
        parsed.GetValue(threads),
        parsed.GetValue(repetitions),
        Path.Combine(folder, "models"),
        parsed.GetValue(peer),
        parsed.GetValue(node)!);
    var begun = Stopwatch.GetTimestamp();
    var coordinator = new Coordinator(
        options, line => Console.Error.WriteLine($"  {Stopwatch.GetElapsedTime(begun).TotalSeconds,5:0} s: {line}"));
    try
    {
        EngineReport.Write(await coordinator.RunAsync(cancellationToken), folder);
    }
    finally
    {
        if (!parsed.GetValue(keep))
            Directory.Delete(options.Models, recursive: true);
    }
    return 0;
});
return await new RootCommand("Measures QwenIde's engine.") { engine }.Parse(args).InvokeAsync();
