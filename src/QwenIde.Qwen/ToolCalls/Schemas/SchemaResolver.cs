using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>Works out the shapes of one schema document.</summary>
/// <remarks>
/// A schema is a conjunction of places in the document (usually one; several where <c>allOf</c> meets), each of them a
/// disjunction of shapes; both are multiplied out. Where that would give more than <see cref="MostShapes"/>, one shape with
/// all their types stands for them.
/// </remarks>
internal sealed class SchemaResolver
{
    private const int MostShapes = 32;

    private readonly JsonElement _document;
    private readonly ConcurrentDictionary<string, ValueSchema> _known = new(StringComparer.Ordinal);

    public SchemaResolver(JsonElement document)
    {
        _document = document;
        Root = At([new SchemaPlace("", document)]);
    }

    public ValueSchema Root { get; }

    /// <summary>The schema that all of these places describe together.</summary>
    public ValueSchema At(ImmutableArray<SchemaPlace> places)
    {
        var key = string.Join('\n', places.Select(place => place.Pointer).Distinct().Order(StringComparer.Ordinal));
        return _known.GetOrAdd(key, _ => new ValueSchema(() =>
        {
            ImmutableArray<ShapeDraft> drafts = [ShapeDraft.Anything];
            foreach (var place in places)
                drafts = And(drafts, Expand(place, []));
            return [.. drafts.Select(draft => draft.Finish(this))];
        }));
    }

    /// <summary>A choice between schemas.</summary>
    public static ValueSchema Any(ImmutableArray<ValueSchema> choices) =>
        choices.Length == 1 ? choices[0] : new ValueSchema(() => [.. choices.SelectMany(choice => choice.Shapes)]);

    private ImmutableArray<ShapeDraft> Expand(SchemaPlace place, ImmutableHashSet<string> within)
    {
        if (place.Schema.ValueKind == JsonValueKind.False)
            return [];
        if (place.Schema.ValueKind != JsonValueKind.Object || within.Contains(place.Pointer))
            return [ShapeDraft.Anything];

        within = within.Add(place.Pointer);
        ImmutableArray<ShapeDraft> drafts = [ShapeDraft.Of(place)];
        if (Follow(place) is { } target)
            drafts = And(drafts, Expand(target, within));
        foreach (var part in place.List("allOf"))
            drafts = And(drafts, Expand(part, within));
        foreach (var choice in new[] { "anyOf", "oneOf" })
        {
            var branches = place.List(choice);
            if (!branches.IsEmpty)
                drafts = And(drafts, Bounded([.. branches.SelectMany(branch => Expand(branch, within))]));
        }

        return place.Flag("nullable") && !drafts.Any(draft => draft.Types.HasFlag(JsonTypes.Null))
            ? drafts.Add(ShapeDraft.Null)
            : drafts;
    }

    private static ImmutableArray<ShapeDraft> And(ImmutableArray<ShapeDraft> left, ImmutableArray<ShapeDraft> right)
    {
        if ((long)left.Length * right.Length > MostShapes * MostShapes)
            right = [ShapeDraft.Widest(right)];
        return Bounded(
        [
            .. from one in left
               from other in right
               let both = one.And(other)
               where both.Types != JsonTypes.None
               select both,
        ]);
    }

    private static ImmutableArray<ShapeDraft> Bounded(ImmutableArray<ShapeDraft> drafts) =>
        drafts.Length <= MostShapes ? drafts : [ShapeDraft.Widest(drafts)];

    /// <summary>Where <c>$ref</c> leads: a JSON pointer (RFC 6901) as a URI fragment, into this document only.</summary>
    private SchemaPlace? Follow(SchemaPlace place)
    {
        if (!place.Schema.TryGetProperty("$ref", out var reference) || reference.ValueKind != JsonValueKind.String
            || reference.GetString() is not ['#', .. var fragment])
            return null;
        var found = new SchemaPlace("", _document);
        if (fragment.Length == 0)
            return found;
        if (fragment[0] != '/')
            return null;
        foreach (var escaped in Uri.UnescapeDataString(fragment[1..]).Split('/'))
        {
            if (found.Step(escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) is not { } next)
                return null;
            found = next;
        }
        return found;
    }
}
