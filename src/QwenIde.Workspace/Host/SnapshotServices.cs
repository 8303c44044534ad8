using Microsoft.Extensions.Logging;
using QwenIde.Workspace.Checking;
using QwenIde.Workspace.Repairs;
using QwenIde.Workspace.Symbols;

namespace QwenIde.Workspace;

/// <summary>What all snapshots of a workspace share to answer questions; its caches outlive a snapshot.</summary>
internal sealed class SnapshotServices
{
    public SnapshotServices(RoslynHost host, ILogger logger)
    {
        var diagnostics = new CompilerDiagnostics();
        Checker = new DiagnosticsChecker(diagnostics);
        Compiler = new SpeculativeCompiler(diagnostics);
        Repairs = new RepairFinder(RepairSources.All(host, logger), diagnostics, Compiler, logger);
        Symbols = new DeclarationIndex();
    }

    /// <summary>Answers for diagnostics.</summary>
    public DiagnosticsChecker Checker { get; }

    /// <summary>Compares forks.</summary>
    public SpeculativeCompiler Compiler { get; }

    /// <summary>Finds repairs.</summary>
    public RepairFinder Repairs { get; }

    /// <summary>Finds declarations.</summary>
    public DeclarationIndex Symbols { get; }
}
