using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>A <see cref="ValueShape"/> in the making: inner schemas are still places, so that two drafts can be joined.</summary>
internal sealed record ShapeDraft
{
    private readonly record struct Property(string Name, ImmutableArray<SchemaPlace> Places, bool IsRequired);

    public static ShapeDraft Anything { get; } = new();

    public static ShapeDraft Null { get; } = new() { Types = JsonTypes.Null, IsTyped = true };

    public JsonTypes Types { get; private init; } = JsonTypes.Any;

    private bool IsTyped { get; init; }

    private ImmutableArray<JsonElement> Values { get; init; }

    private int? MinLength { get; init; }

    private int? MaxLength { get; init; }

    private ImmutableArray<string> Patterns { get; init; } = [];

    private ImmutableArray<SchemaPlace> Items { get; init; } = [];

    private ImmutableArray<Property> Properties { get; init; } = [];

    private bool AllowsOthers { get; init; } = true;

    private ImmutableArray<SchemaPlace> Others { get; init; } = [];

    /// <summary>What a schema says itself, without what it refers to.</summary>
    public static ShapeDraft Of(SchemaPlace place)
    {
        var values = ValuesOf(place.Schema);
        var (types, isTyped) = TypesOf(place.Schema, values);
        if (!values.IsDefault)
            values = [.. values.Where(value => (TypeRules.TypeOf(value) & TypeRules.Including(types)) != 0)];
        var others = place.Step("additionalProperties");
        return new ShapeDraft
        {
            Types = values is { IsDefault: false, IsEmpty: true } ? JsonTypes.None : types,
            IsTyped = isTyped,
            Values = values,
            MinLength = place.Length("minLength"),
            MaxLength = place.Length("maxLength"),
            Patterns = place.Step("pattern") is { Schema.ValueKind: JsonValueKind.String } pattern ? [pattern.Schema.GetString()!] : [],
            Items = place.Step("items") is { } items ? [items] : [],
            Properties = PropertiesOf(place),
            AllowsOthers = others is not { Schema.ValueKind: JsonValueKind.False },
            Others = others is { Schema.ValueKind: JsonValueKind.True or JsonValueKind.Object } other ? [other] : [],
        };
    }

    /// <summary>One shape that allows whatever any of these allow.</summary>
    public static ShapeDraft Widest(ImmutableArray<ShapeDraft> drafts) => new()
    {
        Types = drafts.Aggregate(JsonTypes.None, (types, draft) => types | draft.Types),
        IsTyped = drafts.Any(draft => draft.IsTyped),
    };

    /// <summary>What both allow. Properties that only one of them knows may be there even if the other is closed.</summary>
    public ShapeDraft And(ShapeDraft other)
    {
        if (ReferenceEquals(this, Anything))
            return other;
        if (ReferenceEquals(other, Anything))
            return this;
        var types = TypeRules.Both(Types, other.Types);
        var values = Values.IsDefault ? other.Values
            : other.Values.IsDefault ? Values
            : [.. Values.Where(value => other.Values.Any(same => JsonElement.DeepEquals(value, same)))];
        if (!values.IsDefault)
            values = [.. values.Where(value => (TypeRules.TypeOf(value) & TypeRules.Including(types)) != 0)];
        return new ShapeDraft
        {
            Types = values is { IsDefault: false, IsEmpty: true } ? JsonTypes.None : types,
            IsTyped = IsTyped || other.IsTyped,
            Values = values,
            MinLength = Larger(MinLength, other.MinLength),
            MaxLength = -Larger(-MaxLength, -other.MaxLength),
            Patterns = [.. Patterns.Union(other.Patterns, StringComparer.Ordinal)],
            Items = Items.AddRange(other.Items),
            Properties =
            [
                .. Properties.Concat(other.Properties)
                    .GroupBy(property => property.Name, StringComparer.Ordinal)
                    .Select(group => new Property(
                        group.Key, [.. group.SelectMany(property => property.Places)], group.Any(property => property.IsRequired))),
            ],
            AllowsOthers = AllowsOthers && other.AllowsOthers,
            Others = Others.AddRange(other.Others),
        };
    }

    public ValueShape Finish(SchemaResolver resolver) => new()
    {
        Types = Types,
        IsTyped = IsTyped,
        Values = Values,
        MinLength = MinLength,
        MaxLength = MaxLength,
        Patterns = Patterns,
        Items = SchemaAt(Items, resolver),
        Properties =
        [
            .. Properties.Select(property => new ParameterSchema(
                property.Name, SchemaAt(property.Places, resolver) ?? ValueSchema.Anything, property.IsRequired)),
        ],
        AllowsOtherProperties = AllowsOthers,
        OtherProperties = AllowsOthers ? SchemaAt(Others, resolver) : null,
    };

    private static ValueSchema? SchemaAt(ImmutableArray<SchemaPlace> places, SchemaResolver resolver) =>
        places.IsEmpty ? null : resolver.At(places);

    private static int? Larger(int? one, int? other) =>
        one is null || other is null ? one ?? other : Math.Max(one.Value, other.Value);

    private static ImmutableArray<JsonElement> ValuesOf(JsonElement schema)
    {
        if (schema.TryGetProperty("const", out var only))
            return [only];
        return schema.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : default;
    }

    /// <summary>The types a schema names, or those that its other keywords speak of.</summary>
    private static (JsonTypes Types, bool IsTyped) TypesOf(JsonElement schema, ImmutableArray<JsonElement> values)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var named = type.ValueKind switch
            {
                JsonValueKind.String => TypeRules.Named(type.GetString()!),
                JsonValueKind.Array => type.EnumerateArray()
                    .Where(one => one.ValueKind == JsonValueKind.String)
                    .Aggregate(JsonTypes.None, (types, one) => types | TypeRules.Named(one.GetString()!)),
                _ => JsonTypes.None,
            };
            if (named != JsonTypes.None)
                return (named, named != JsonTypes.Any);
        }
        if (!values.IsDefault)
            return (values.Aggregate(JsonTypes.None, (types, value) => types | TypeRules.TypeOf(value)), true);
        if (schema.TryGetProperty("properties", out _) || schema.TryGetProperty("required", out _)
            || schema.TryGetProperty("additionalProperties", out _))
            return (JsonTypes.Object, true);
        if (schema.TryGetProperty("items", out _) || schema.TryGetProperty("prefixItems", out _))
            return (JsonTypes.Array, true);
        return schema.TryGetProperty("pattern", out _) || schema.TryGetProperty("minLength", out _) || schema.TryGetProperty("maxLength", out _)
            ? (JsonTypes.String, true)
            : (JsonTypes.Any, false);
    }

    private static ImmutableArray<Property> PropertiesOf(SchemaPlace place)
    {
        var required = place.Step("required") is { Schema.ValueKind: JsonValueKind.Array } list
            ? list.Schema.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
                .Distinct(StringComparer.Ordinal).ToList()
            : [];
        var known = new List<Property>();
        if (place.Step("properties") is { Schema.ValueKind: JsonValueKind.Object } properties)
            foreach (var name in properties.Schema.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal))
                known.Add(new Property(name, [properties.Step(name)!.Value], required.Remove(name)));
        return [.. known, .. required.Select(name => new Property(name, [], IsRequired: true))];
    }
}
