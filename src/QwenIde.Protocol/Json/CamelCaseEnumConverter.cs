using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol;

/// <summary>Writes an enumeration's members as strings in camel case.</summary>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
