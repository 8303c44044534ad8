using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace QwenIde.Rpc;

/// <summary>Stands for absent parameters and for the result <c>null</c>.</summary>
/// <remarks>Absent parameters are left out on the wire; whatever a peer sends in their place is ignored.</remarks>
[JsonConverter(typeof(Converter))]
public sealed class RpcNothing
{
    private RpcNothing()
    {
    }

    /// <summary>The only value.</summary>
    public static RpcNothing Value { get; } = new();

    /// <summary>Its JSON form.</summary>
    public static JsonTypeInfo<RpcNothing> Json => RpcJson.Default.RpcNothing;

    internal sealed class Converter : JsonConverter<RpcNothing>
    {
        public override bool HandleNull => true;

        public override RpcNothing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return Value;
        }

        public override void Write(Utf8JsonWriter writer, RpcNothing value, JsonSerializerOptions options) =>
            writer.WriteNullValue();
    }
}

[JsonSerializable(typeof(RpcNothing))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RpcJson : JsonSerializerContext;
