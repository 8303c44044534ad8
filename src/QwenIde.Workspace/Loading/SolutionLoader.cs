using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host;
using Microsoft.Extensions.Logging;
using QwenIde.Workspace.Loading.FullModel;

namespace QwenIde.Workspace.Loading;

/// <summary>Brings models into Roslyn's hands, and fetches the full one.</summary>
/// <param name="services">What Roslyn's workspaces stand on.</param>
/// <param name="logger">Where details go.</param>
internal sealed class SolutionLoader(HostServices services, ILogger logger) : IDisposable
{
    private readonly SolutionGenerators _generators = new();

    /// <summary>Roslyn's solution of a model.</summary>
    public Solution ToSolution(LoadedModel model) => new AdhocWorkspace(services).AddSolution(SolutionInfo.Create(
        SolutionId.CreateNewId(), VersionStamp.Create(),
        model.Target.IsSolution ? model.Target.Path : null,
        model.Projects.Select(project => project.Info)));

    /// <summary>Compiles the generators that the solution makes itself, in a trusted workspace, and lets them run.</summary>
    public async Task<(Solution Solution, LoadedModel Model)> WithGeneratorsAsync(
        Solution solution, LoadedModel model, LoadContext context, CancellationToken cancellationToken)
    {
        if (!context.IsTrusted || !model.HasGenerators)
            return (solution, model);
        (solution, var issues) = await _generators.AttachAsync(solution, model, context.Ids, cancellationToken);
        return (solution, model with { Issues = [.. model.Issues.Union(issues)] });
    }

    /// <summary>The model that MSBuild's design-time build gives, or the one at hand with an issue that says why not.</summary>
    /// <remarks>Executes code of the repository: for trusted workspaces only.</remarks>
    public async Task<LoadedModel> LoadFullModelAsync(
        LoadedModel model, LoadContext context, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (!context.IsTrusted)
            throw new InvalidOperationException("MSBuild runs in trusted workspaces only.");
        if (model.Target.IsLooseFolder)
            return model;
        if (context.Roslyn.SdkDirectory is null)
            return WithIssue("MSBuild is not started, for no .NET SDK of version 10 or later was found; the model from the project files stays.");
        if (SdkSelection.Refusal(model.Projects.Select(project => project.Description.Path).Append(model.Target.Path)) is { } refusal)
            return model with { Issues = model.Issues.Add(refusal) };
        if (new WorkspaceRoot(context.Root.Directory, isTrusted: false).IsInside(Environment.CurrentDirectory))
            return WithIssue($"MSBuild is not started, for this process runs inside of {context.Root.Directory}, where the folder's own files could decide which SDK starts.");

        var watch = Stopwatch.StartNew();
        progress?.Report(new LoadProgress("Asking MSBuild", 0, model.Projects.Length));
        try
        {
            var (projects, complaints) = await new MSBuildLoader(services).LoadAsync(model.Target, progress, cancellationToken);
            logger.LogInformation("MSBuild gave {Count} projects in {Elapsed}.", projects.Length, watch.Elapsed);
            return new FullModelBuilder(context).Build(model, projects, complaints);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The child may not start, may die or may disagree with us; the first model is still good.
            logger.LogWarning(exception, "MSBuild failed.");
            return WithIssue($"MSBuild could not load the solution, so the model from the project files stays: {exception.Message}");
        }

        LoadedModel WithIssue(string message) =>
            model with { Issues = model.Issues.Add(new LoadIssue(ProblemSeverity.Warning, message, model.Target.Path)) };
    }

    /// <inheritdoc/>
    public void Dispose() => _generators.Dispose();
}
