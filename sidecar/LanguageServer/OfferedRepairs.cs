using System.Collections.Immutable;
using System.Globalization;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>
/// The repairs that were offered lately, by a name that goes to the editor and comes back when one is chosen. Bounded: the
/// oldest are forgotten, and are looked for anew if they are chosen all the same.
/// </summary>
internal sealed class OfferedRepairs
{
    private const int Capacity = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Repair> _byId = [];
    private readonly Queue<string> _order = new();
    private long _last;

    /// <summary>Remembers a repair and names it.</summary>
    public string Add(Repair repair)
    {
        lock (_gate)
        {
            var id = (++_last).ToString(CultureInfo.InvariantCulture);
            _byId.Add(id, repair);
            _order.Enqueue(id);
            if (_order.Count > Capacity)
                _byId.Remove(_order.Dequeue());
            return id;
        }
    }

    /// <summary>The repair of that name as it can be made on <paramref name="snapshot"/>: the one offered if the solution has
    /// not moved since, else the same one found anew; null if it no longer exists.</summary>
    public async Task<Repair?> FindAsync(string id, SolutionSnapshot snapshot, CancellationToken cancellationToken)
    {
        Repair? offered;
        lock (_gate)
            _byId.TryGetValue(id, out offered);
        if (offered is null || offered.Changes.SnapshotVersion == snapshot.Version)
            return offered;
        foreach (Problem problem in Likely(
            offered.Problem, await snapshot.GetProblemsAsync(offered.Problem.Path, cancellationToken)))
        {
            ImmutableArray<Repair> repairs = await snapshot.GetRepairsAsync(problem.Path, problem.Range, cancellationToken);
            if (repairs.FirstOrDefault(repair =>
                repair.Problem.Id == problem.Id && repair.Title == offered.Title && repair.Source == offered.Source) is { } again)
                return again;
        }
        return null;
    }

    // The same complaint, the nearest to where it stood; further ones are other problems that merely read alike.
    private static IEnumerable<Problem> Likely(Problem offered, ImmutableArray<Problem> problems) => problems
        .Where(problem => problem.Id == offered.Id && problem.Message == offered.Message)
        .OrderBy(problem => Math.Abs(problem.Range.Start.Line - offered.Range.Start.Line))
        .Take(1);
}
