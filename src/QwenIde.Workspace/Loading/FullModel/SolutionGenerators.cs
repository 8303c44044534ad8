using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QwenIde.Workspace.Loading.Building;

namespace QwenIde.Workspace.Loading.FullModel;

/// <summary>
/// Source generators that the solution makes itself: compiled from the model, put into a folder of our own and loaded from
/// memory, so that neither a build nor a file of the repository is needed. This executes code of the repository.
/// </summary>
internal sealed class SolutionGenerators : IDisposable
{
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("qwenide-generators-").FullName);
    private int _count;

    /// <summary>Compiles the generators and gives each to the projects that ask for it.</summary>
    public async Task<(Solution Solution, ImmutableArray<LoadIssue> Issues)> AttachAsync(
        Solution solution, LoadedModel model, StableIds ids, CancellationToken cancellationToken)
    {
        var issues = ImmutableArray.CreateBuilder<LoadIssue>();
        var wanted = model.Projects.SelectMany(
            project => model.Graph.GeneratorsOf(project.Description),
            (project, generator) => (User: ids.Project(project.Description.Path), Generator: ids.Project(generator.Path)));
        foreach (var group in wanted.GroupBy(pair => pair.Generator, pair => pair.User).ToArray())
        {
            if (solution.GetProject(group.Key) is not { } generator
                || await EmitAsync(generator, issues, cancellationToken) is not { } reference)
                continue;
            foreach (var user in group)
                solution = solution.AddAnalyzerReference(user, reference);
        }

        return (solution, issues.ToImmutable());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated && Directory.Exists(_folder.Value))
            Directory.Delete(_folder.Value, recursive: true);
    }

    /// <summary>Compiles a generator and the projects that it needs into one folder.</summary>
    private async Task<AnalyzerFileReference?> EmitAsync(
        Project generator, ImmutableArray<LoadIssue>.Builder issues, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_folder.Value, Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var graph = generator.Solution.GetProjectDependencyGraph();
        foreach (var id in graph.GetProjectsThatThisProjectTransitivelyDependsOn(generator.Id).Append(generator.Id))
        {
            var project = generator.Solution.GetProject(id)!;
            var compilation = (await project.GetCompilationAsync(cancellationToken))!;
            await using var file = File.Create(Path.Combine(folder, project.AssemblyName + ".dll"));
            // Emitting unsigned spares us key files, which need not be there.
            var result = compilation
                .WithOptions(compilation.Options.WithCryptoKeyFile(null).WithPublicSign(false).WithDelaySign(null))
                .Emit(file, cancellationToken: cancellationToken);
            if (result.Success)
                continue;
            var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            issues.Add(new LoadIssue(ProblemSeverity.Warning,
                $"The source generator {generator.Name} does not compile ({error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}), so what it generates is missing.",
                generator.FilePath));
            return null;
        }

        return new AnalyzerFileReference(Path.Combine(folder, generator.AssemblyName + ".dll"), new GeneratorLoader());
    }
}
