using System.CommandLine;
using QwenIde.Export.Hub;
using QwenIde.Sidecar.Startup;

namespace QwenIde.Sidecar.Cli;

/// <summary><c>qwenide model …</c>: the commands and their options.</summary>
internal static class ModelCommandLine
{
    /// <summary>The command with its own commands.</summary>
    public static Command Create(Surroundings surroundings) =>
        new("model", "Get, make, check and run models.")
        {
            CreatePull(surroundings),
        };

    private static Command CreatePull(Surroundings surroundings)
    {
        var repository = new Argument<string>("repository") { Description = "A repository of the hub, such as Qwen/Qwen3-Coder-Next." };
        var to = new Option<string?>("--to") { Description = "The folder to fill; by default one among the models, named like the repository." };
        var revision = new Option<string>("--revision") { Description = "A branch, a tag or a commit.", DefaultValueFactory = _ => "main" };
        var include = new Option<string[]>("--include")
        {
            Description = "Only files that match this glob; may be repeated. By default what an export needs.",
            DefaultValueFactory = _ => [],
        };
        var mirror = new Option<string?>("--mirror") { Description = "The address of a mirror of the hub; by default HF_ENDPOINT, or the hub itself." };
        Option<bool> plain = CommandLine.PlainOption();
        var command = new Command("pull", "Download a model from the Hugging Face hub; a stopped download goes on where it was.")
        {
            repository, to, revision, include, mirror, plain,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(repository)!;
            var arguments = new PullArguments(
                id,
                parsed.GetValue(to) is { } folder ? Path.GetFullPath(folder) : null,
                new PullOptions { Revision = parsed.GetValue(revision)!, Include = [.. parsed.GetValue(include)!] },
                parsed.GetValue(mirror));
            var terminal = Terminal.Create(parsed.GetValue(plain) || surroundings.NoColor);
            return CommandLine.GuardAsync(
                () => ModelPullCommand.RunAsync(arguments, terminal, surroundings, cancellationToken),
                "Stopped; what has arrived stays, and the next pull goes on from there.");
        });
        return command;
    }
}
