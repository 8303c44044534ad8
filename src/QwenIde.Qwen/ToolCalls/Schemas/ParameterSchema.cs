namespace QwenIde.Qwen.ToolCalls.Schemas;

/// <summary>A parameter of a tool, or a property of an object inside one.</summary>
/// <param name="Name">The key.</param>
/// <param name="Value">What its value may be.</param>
/// <param name="IsRequired">Whether it must be there.</param>
public sealed record ParameterSchema(string Name, ValueSchema Value, bool IsRequired);
