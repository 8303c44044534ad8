using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using QwenIde.Workspace.Text;

namespace QwenIde.Workspace.Symbols;

/// <summary>
/// Finds declarations by name in the syntax trees alone, without binding anything. Each version of a file is listed once
/// and remembered for as long as its tree lives.
/// </summary>
internal sealed class DeclarationIndex
{
    /// <summary>Words of a question that name nothing.</summary>
    private static readonly ImmutableHashSet<string> _fillers = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase,
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "code", "do", "does", "find", "for", "from", "get", "how", "i", "in",
        "is", "it", "like", "me", "my", "of", "on", "or", "show", "that", "the", "this", "to", "used", "what", "when", "where",
        "which", "who", "why", "with", "you", "class", "method", "file");

    private readonly ConditionalWeakTable<SyntaxTree, Declaration[]> _byTree = [];

    /// <summary>The declarations that fit a query best.</summary>
    public async Task<ImmutableArray<SymbolMatch>> FindAsync(
        Solution solution, string query, int limit, CancellationToken cancellationToken)
    {
        var words = Words(query);
        if (words.Length == 0 || limit <= 0)
            return [];
        var found = new ConcurrentBag<(Declaration Declaration, double Score, Document Document)>();
        await Parallel.ForEachAsync(
            solution.Projects.SelectMany(project => project.Documents).Where(document => document.FilePath is not null),
            cancellationToken,
            async (document, token) =>
            {
                if (await document.GetSyntaxTreeAsync(token) is not { } tree)
                    return;
                foreach (var declaration in await ListAsync(tree, token))
                    if (Score(declaration, words) is > 0 and var score)
                        found.Add((declaration, score, document));
            });

        var best = found.OrderByDescending(match => match.Score)
            .ThenBy(match => match.Declaration.IsMember)
            .ThenBy(match => match.Declaration.FullName.Length)
            .ThenBy(match => match.Declaration.FullName, StringComparer.Ordinal)
            .ThenBy(match => match.Document.FilePath, StringComparer.Ordinal)
            .DistinctBy(match => (match.Declaration.FullName, match.Document.FilePath, match.Declaration.Span.Start))
            .Take(limit);
        var matches = ImmutableArray.CreateBuilder<SymbolMatch>();
        foreach (var (declaration, score, document) in best)
            matches.Add(new SymbolMatch(
                declaration.FullName, declaration.Kind, document.FilePath!,
                (await document.GetTextAsync(cancellationToken)).ToRange(declaration.Span), document.Project.Name, score));
        return matches.ToImmutable();
    }

    private async ValueTask<Declaration[]> ListAsync(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (_byTree.TryGetValue(tree, out var known))
            return known;
        Declaration[] listed = [.. Declaration.In(await tree.GetRootAsync(cancellationToken))];
        _byTree.AddOrUpdate(tree, listed);
        return listed;
    }

    /// <summary>Words are runs of letters, digits, underscores and dots; fillers go unless nothing else is left.</summary>
    private static string[][] Words(string query)
    {
        var all = new string([.. query.Select(c => char.IsLetterOrDigit(c) || c is '_' or '.' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('.', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length > 0).ToArray();
        var telling = Array.FindAll(all, parts => parts.Length > 1 || !_fillers.Contains(parts[0]));
        return telling.Length > 0 ? telling : all;
    }

    /// <summary>The best word counts; each further one that fits the name, or the type around it, adds a little.</summary>
    private static double Score(Declaration declaration, string[][] words)
    {
        double best = 0;
        var further = 0;
        foreach (var parts in words)
        {
            var score = NameMatch.Score(declaration.Name, parts[^1]);
            if (parts.Length > 1 && score > 0)
                score *= Math.Max(0.3, NameMatch.Score(declaration.Container.Split('.')[^1], parts[^2]));
            if (score > 0.5 || (score == 0 && NameMatch.Score(declaration.Container.Split('.')[^1], parts[^1]) > 0.9))
                further++;
            best = Math.Max(best, score);
        }

        return best == 0 ? 0 : best + ((1 - best) * (1 - (1.0 / Math.Max(1, further))));
    }
}
