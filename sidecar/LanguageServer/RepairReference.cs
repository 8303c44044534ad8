using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>What a code action carries as <c>data</c>: which repair, of which snapshot.</summary>
internal sealed record RepairReference(long Version, string Id)
{
    /// <summary>Reads one; null for anything else.</summary>
    public static RepairReference? Read(JsonElement? data)
    {
        try
        {
            return data is { ValueKind: JsonValueKind.Object } given
                ? given.Deserialize(RepairReferenceJson.Default.RepairReference)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As the protocol carries it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, RepairReferenceJson.Default.RepairReference);
}

/// <summary>The generated serialiser of <see cref="RepairReference"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RepairReference))]
internal sealed partial class RepairReferenceJson : JsonSerializerContext;
