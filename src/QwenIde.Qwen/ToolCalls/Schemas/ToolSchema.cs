using System.Collections.Immutable;
using QwenIde.Qwen.Prompting;

namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>A tool's parameters, resolved. Thread-safe.</summary>
public sealed class ToolSchema
{
    private readonly Dictionary<string, ParameterSchema> _byName;

    private ToolSchema(string name, ImmutableArray<ParameterSchema> parameters, bool allowsOthers, bool declaresOthers)
    {
        Name = name;
        Parameters = parameters;
        AllowsOtherParameters = allowsOthers;
        AcceptsAnyKey = parameters.IsEmpty || declaresOthers;
        _byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>The tool's name.</summary>
    public string Name { get; }

    /// <summary>The declared parameters, in schema order.</summary>
    public ImmutableArray<ParameterSchema> Parameters { get; }

    /// <summary>Whether a call may have parameters that are not declared (<c>additionalProperties</c> is not <c>false</c>).</summary>
    public bool AllowsOtherParameters { get; }

    /// <summary>
    /// Whether any key may open a parameter: the tool declares none, or says what others may be. Where this is false, only
    /// the declared keys are taken for markup inside a value.
    /// </summary>
    public bool AcceptsAnyKey { get; }

    /// <summary>The schema of a tool that nobody declared: any parameter, all of them text.</summary>
    public static ToolSchema Undeclared(string name) => new(name, [], allowsOthers: true, declaresOthers: false);

    /// <summary>Resolves a tool's schema. The definition's JSON is copied; its document may be disposed afterwards.</summary>
    public static ToolSchema Of(ToolDefinition tool)
    {
        if (tool.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined)
            return Undeclared(tool.Name);
        var resolver = new SchemaResolver(tool.Parameters.Clone());
        var shapes = resolver.Root.Shapes.Where(shape => (shape.Types & JsonTypes.Object) != 0).ToImmutableArray();
        var parameters = shapes.SelectMany(shape => shape.Properties)
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(group => new ParameterSchema(
                group.Key,
                SchemaResolver.Any([.. group.Select(property => property.Value)]),
                group.Count() == shapes.Length && group.All(property => property.IsRequired)))
            .ToImmutableArray();
        return new ToolSchema(
            tool.Name,
            parameters,
            shapes.IsEmpty || shapes.Any(shape => shape.AllowsOtherProperties),
            shapes.Any(shape => shape.OtherProperties is not null));
    }

    /// <summary>The declared parameter of this name, or null.</summary>
    public ParameterSchema? Find(string key) => _byName.GetValueOrDefault(key);

    /// <summary>What a parameter's value may be; anything for one that is not declared.</summary>
    public ValueSchema ValueOf(string key) => Find(key)?.Value ?? ValueSchema.Anything;
}
