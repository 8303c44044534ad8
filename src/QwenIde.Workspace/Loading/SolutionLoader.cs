using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host;
using Microsoft.Extensions.Logging;

namespace QwenIde.Workspace.Loading;

/// <summary>Brings models into Roslyn's hands, and fetches the full one.</summary>
/// <param name="services">What Roslyn's workspaces stand on.</param>
/// <param name="logger">Where details go.</param>
internal sealed class SolutionLoader(HostServices services, ILogger logger)
{
    /// <summary>Roslyn's solution of a model.</summary>
    public Solution ToSolution(LoadedModel model)
    {
        var workspace = new AdhocWorkspace(services);
        return workspace.AddSolution(SolutionInfo.Create(
            SolutionId.CreateNewId(), VersionStamp.Create(),
            model.Target.IsSolution ? model.Target.Path : null,
            model.Projects.Select(project => project.Info)));
    }

    /// <summary>The model that MSBuild's design-time build gives.</summary>
    public Task<LoadedModel> LoadFullModelAsync(
        LoadedModel model, LoadContext context, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        logger.LogDebug("No full model.");
        return Task.FromResult(model);
    }
}
