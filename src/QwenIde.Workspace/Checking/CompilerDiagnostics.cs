using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace QwenIde.Workspace.Checking;

/// <summary>
/// The compiler's diagnostics of files and projects. Remembers them for as long as Roslyn keeps the compilation, so that the
/// unchanged half of a comparison is paid for once.
/// </summary>
internal sealed class CompilerDiagnostics
{
    private readonly ConditionalWeakTable<Compilation, Results> _results = [];

    /// <summary>Diagnostics of one file: syntax, declarations and bodies.</summary>
    /// <remarks>Unused-field warnings (CS0067, CS0169, CS0414, CS0649) need the whole project and are not among them.</remarks>
    public async Task<ImmutableArray<Diagnostic>> OfFileAsync(Document document, CancellationToken cancellationToken)
    {
        if (await document.Project.GetCompilationAsync(cancellationToken) is not { } compilation
            || await document.GetSyntaxTreeAsync(cancellationToken) is not { } tree)
            return [];
        var results = _results.GetOrCreateValue(compilation);
        if (results.OfFile(tree) is { } known)
            return known;
        var found = await Task.Run(
            () => compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken), cancellationToken);
        results.Add(tree, found);
        return found;
    }

    /// <summary>Diagnostics of a whole project, those without a place in source included.</summary>
    public async Task<ImmutableArray<Diagnostic>> OfProjectAsync(Project project, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken) is not { } compilation)
            return [];
        var results = _results.GetOrCreateValue(compilation);
        if (results.OfProject is { } known)
            return known;
        var found = await Task.Run(() => compilation.GetDiagnostics(cancellationToken), cancellationToken);
        results.OfProject = found;
        return found;
    }

    private sealed class Results
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<SyntaxTree, ImmutableArray<Diagnostic>> _files = [];
        private ImmutableArray<Diagnostic> _project;

        public ImmutableArray<Diagnostic>? OfProject
        {
            get { lock (_lock) return _project.IsDefault ? null : _project; }
            set { lock (_lock) _project = value ?? default; }
        }

        public ImmutableArray<Diagnostic>? OfFile(SyntaxTree tree)
        {
            lock (_lock)
                return _files.TryGetValue(tree, out var known) ? known : null;
        }

        public void Add(SyntaxTree tree, ImmutableArray<Diagnostic> found)
        {
            lock (_lock)
                _files[tree] = found;
        }
    }
}
