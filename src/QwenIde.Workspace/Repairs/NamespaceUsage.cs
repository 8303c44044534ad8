using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QwenIde.Workspace.Repairs;

/// <summary>
/// How likely a namespace is meant: what this project imports most, then the rest of the solution, then what C# programs
/// import in general.
/// </summary>
internal sealed class NamespaceUsage
{
    /// <summary>The namespaces that C# files import most, the commonest first.</summary>
    private static readonly FrozenDictionary<string, int> _common = new[]
    {
        "System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks", "System.Text", "System.IO",
        "System.Threading", "System.Net.Http", "System.Text.Json", "System.Diagnostics", "System.Globalization",
        "System.Text.RegularExpressions", "System.Collections.Concurrent", "System.Text.Json.Serialization", "System.Reflection",
        "System.Collections.Immutable", "System.Net", "System.Runtime.CompilerServices", "System.ComponentModel.DataAnnotations",
        "System.Collections", "System.Linq.Expressions", "System.Net.Http.Json", "System.Security.Cryptography",
        "System.Collections.ObjectModel", "System.ComponentModel", "System.Runtime.InteropServices", "System.Numerics",
        "System.Net.Http.Headers", "System.Security.Claims", "System.Xml.Linq", "System.IO.Compression", "System.Data",
        "System.Diagnostics.CodeAnalysis", "System.Threading.Channels", "System.Net.Sockets", "System.Buffers", "System.Xml",
    }.Select((name, index) => (name, index)).ToFrozenDictionary(pair => pair.name, pair => pair.index);

    private static readonly string[] _obscure =
        ["Internal", "VisualBasic", "Design", "Intrinsics", "CodeDom", "Metadata", "ComTypes", "Legacy", "Generated"];

    private static readonly ConditionalWeakTable<SyntaxTree, string[]> _imports = [];

    private readonly Dictionary<string, double> _weights = [];
    private readonly string[] _here;

    private NamespaceUsage(string[] here) => _here = here;

    /// <summary>Counts the imports of a solution, seen from one document.</summary>
    public static async Task<NamespaceUsage> OfAsync(RepairContext repair)
    {
        var here = repair.Model.GetEnclosingSymbol(repair.Span.Start, repair.CancellationToken)?.ContainingNamespace?.ToDisplayString() ?? "";
        var usage = new NamespaceUsage(here.Split('.'));
        foreach (var project in repair.Document.Project.Solution.Projects)
        {
            var weight = project.Id == repair.Document.Project.Id ? 4.0 : 1.0;
            foreach (var document in project.Documents)
            {
                if (await document.GetSyntaxTreeAsync(repair.CancellationToken).ConfigureAwait(false) is not { } tree)
                    continue;
                foreach (var name in _imports.GetValue(tree, ReadImports))
                    usage._weights[name] = Math.Min(usage._weights.GetValueOrDefault(name) + weight, 40);
            }
        }
        return usage;
    }

    /// <summary>The weight of a namespace; greater is likelier, and equal weights are a tie.</summary>
    public double Weight(INamespaceSymbol candidate, bool isSource)
    {
        var name = candidate.ToDisplayString();
        var parts = name.Split('.');
        var weight = _weights.GetValueOrDefault(name);
        if (_common.TryGetValue(name, out var rank))
            weight += 8 - (rank / 6.0);
        if (isSource)
            weight += 4 + (2 * parts.Zip(_here).TakeWhile(pair => pair.First == pair.Second).Count());
        else if (parts[0] == "System")
            weight += 2;
        if (parts.Any(part => _obscure.Contains(part)))
            weight -= 8;
        return weight;
    }

    private static string[] ReadImports(SyntaxTree tree) =>
        tree.GetRoot() is CompilationUnitSyntax root
            ? [.. UsingDirectives.All(root).Where(directive => directive.Alias is null).Select(directive => directive.NamespaceOrType.ToString())]
            : [];
}
