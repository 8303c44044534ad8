using System.Collections.Immutable;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>
/// A JSON schema resolved for tool calls: a choice of <see cref="Shapes"/>, in which <c>$ref</c>, <c>anyOf</c>, <c>oneOf</c>,
/// <c>allOf</c>, <c>const</c> and <c>nullable</c> are gone.
/// </summary>
/// <remarks>
/// A schema that refers to itself comes back as the same object, so a graph of schemas is finite although its values are
/// not; shapes are worked out when they are first asked for. Thread-safe. <c>oneOf</c> counts as <c>anyOf</c>; <c>not</c>,
/// <c>if</c>, number ranges, array lengths and formats are not looked at: what is resolved allows at least what the schema allows.
/// </remarks>
public sealed class ValueSchema
{
    private readonly Lazy<ImmutableArray<ValueShape>> _shapes;

    internal ValueSchema(Func<ImmutableArray<ValueShape>> resolve) =>
        _shapes = new Lazy<ImmutableArray<ValueShape>>(resolve, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>A value of which nothing is said.</summary>
    public static ValueSchema Anything { get; } = new(() => [ValueShape.Anything]);

    /// <summary>The ways a value may look; empty where no value is allowed.</summary>
    public ImmutableArray<ValueShape> Shapes => _shapes.Value;

    /// <summary>The allowed types; <see cref="JsonTypes.Any"/> where the schema says none.</summary>
    public JsonTypes Types => Shapes.Aggregate(JsonTypes.None, (types, shape) => types | shape.Types);

    /// <summary>Whether the schema says a type anywhere.</summary>
    public bool IsTyped => Shapes.Length == 0 || Shapes.Any(shape => shape.IsTyped);

    /// <summary>Whether the value is text as it stands: a string and nothing else, or of no type that is said.</summary>
    public bool IsText => !IsTyped || Types == JsonTypes.String;

    /// <summary>Whether <paramref name="type"/>, or one of them if it is several, is allowed.</summary>
    public bool Allows(JsonTypes type) => (Types & type) != 0;
}
