using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Checking;

/// <summary>
/// Tells which diagnostics are the same before and after a change. A diagnostic is the same if its identifier and message
/// are, and its place is where the change moved the old place to.
/// </summary>
internal sealed class DiagnosticMatching(IReadOnlyDictionary<string, ImmutableArray<TextChange>> changesByPath)
{
    /// <summary>Splits two sets of diagnostics into what came and what went.</summary>
    public (ImmutableArray<Diagnostic> New, ImmutableArray<Diagnostic> Gone) Compare(
        IEnumerable<Diagnostic> before, IEnumerable<Diagnostic> after)
    {
        var unmatched = after.GroupBy(Key).ToDictionary(group => group.Key, group => group.ToList());
        var leftOver = before.Where(old => !Take(unmatched, Key(old), fresh => fresh.Start == Moved(old).Start)).ToList();
        // Rewritten code has no exact counterpart; there the same complaint inside the same change is the same diagnostic.
        var gone = leftOver.Where(old => !Take(unmatched, Key(old), fresh => Moved(old) is { IsRewritten: true } moved
            && moved.Start <= fresh.Start && fresh.Start <= moved.End)).ToImmutableArray();
        return ([.. unmatched.Values.SelectMany(list => list)], gone);

        static bool Take(
            Dictionary<(string, string, string), List<Diagnostic>> from, (string, string, string) key, Func<TextSpan, bool> fits)
        {
            if (!from.TryGetValue(key, out var list))
                return false;
            var index = list.FindIndex(fresh => fits(fresh.Location.SourceSpan));
            if (index < 0)
                return false;
            list.RemoveAt(index);
            return true;
        }
    }

    private static (string Id, string Path, string Message) Key(Diagnostic diagnostic) => (
        diagnostic.Id,
        diagnostic.Location.SourceTree?.FilePath ?? "",
        diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    private MovedPlace Moved(Diagnostic old)
    {
        var span = old.Location.SourceSpan;
        if (old.Location.SourceTree is not { } tree || !changesByPath.TryGetValue(tree.FilePath, out var changes))
            return new MovedPlace(span.Start, span.End, IsRewritten: false);

        var shift = 0;
        foreach (var change in changes)
        {
            var grows = (change.NewText?.Length ?? 0) - change.Span.Length;
            if (change.Span.End <= span.Start)
                shift += grows;
            else if (change.Span.Start <= span.End)
                return new MovedPlace(
                    Math.Min(change.Span.Start, span.Start) + shift,
                    Math.Max(change.Span.End, span.End) + shift + Math.Max(grows, 0),
                    IsRewritten: true);
            else
                break;
        }

        return new MovedPlace(span.Start + shift, span.End + shift, IsRewritten: false);
    }

    private readonly record struct MovedPlace(int Start, int End, bool IsRewritten);
}
