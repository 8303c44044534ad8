using QwenIde.Export.Hub;
using QwenIde.Sidecar.Models;
using QwenIde.Sidecar.Startup;

namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide model pull</c> was asked to do.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Folder">Where to, absolute; null for the usual place.</param>
/// <param name="Options">Which files.</param>
/// <param name="Mirror">An address in the hub's place.</param>
internal sealed record PullArguments(string Repository, string? Folder, PullOptions Options, string? Mirror);

/// <summary><c>qwenide model pull</c>: a model from the hub, or a mirror of it.</summary>
internal static class ModelPullCommand
{
    /// <summary>Runs the command and gives its exit code.</summary>
    public static async Task<int> RunAsync(
        PullArguments arguments, Terminal terminal, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var mirror = arguments.Mirror ?? surroundings.HubEndpoint;
        Uri? endpoint = null;
        if (mirror is not null && !Uri.TryCreate(mirror, UriKind.Absolute, out endpoint))
            throw new HubException($"The mirror '{mirror}' is no address: give one such as https://huggingface.co.");
        using var client = new HubClient(endpoint, surroundings.HubToken);
        var folder = arguments.Folder ?? new ModelStore(surroundings.ModelsFolder).FolderFor(arguments.Repository);
        terminal.WriteError($"Pulling {arguments.Repository} into {folder}");
        HubRepository repository = await terminal.WithProgressAsync<HubRepository, PullProgress>(
            progress => HubPull.RunAsync(client, arguments.Repository, folder, arguments.Options, progress, cancellationToken),
            step => new Step(
                $"{(step.IsChecking ? "Checking" : "Fetching")} {step.File}: {step.Done / 1e9:0.00} of {step.Total / 1e9:0.00} GB", step.Done, step.Total));
        terminal.WriteLine(folder);
        terminal.WriteError($"{repository.Id} at {repository.Commit[..12]} is whole; every file has the hash that the hub names.");
        return ExitCode.Success;
    }
}
