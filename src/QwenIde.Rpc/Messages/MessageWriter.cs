using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace QwenIde.Rpc.Messages;

/// <summary>Writes whole messages.</summary>
internal static class MessageWriter
{
    // No page will ever hold these bytes: letters outside ASCII can stay themselves.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request, or a notification when <paramref name="id"/> is null.</summary>
    internal static ReadOnlyMemory<byte> Call<TParams>(RpcId? id, string method, TParams value, JsonTypeInfo<TParams> type) =>
        Write(writer =>
        {
            if (id is { } some)
                WriteId(writer, some);
            writer.WriteString("method"u8, method);
            if (value is RpcNothing)
                return;
            writer.WritePropertyName("params"u8);
            JsonSerializer.Serialize(writer, value, type);
        });

    internal static ReadOnlyMemory<byte> Result(RpcId id, Action<Utf8JsonWriter> writeResult) =>
        Write(writer =>
        {
            WriteId(writer, id);
            writer.WritePropertyName("result"u8);
            writeResult(writer);
        });

    /// <summary>An error; <paramref name="id"/> is null when the message it answers could not be read that far.</summary>
    internal static ReadOnlyMemory<byte> Error(RpcId? id, int code, string message, JsonElement? data = null) =>
        Write(writer =>
        {
            if (id is { } some)
                WriteId(writer, some);
            else
                writer.WriteNull("id"u8);
            writer.WriteStartObject("error"u8);
            writer.WriteNumber("code"u8, code);
            writer.WriteString("message"u8, message);
            if (data is { } detail)
            {
                writer.WritePropertyName("data"u8);
                detail.WriteTo(writer);
            }

            writer.WriteEndObject();
        });

    internal static ReadOnlyMemory<byte> Cancel(RpcCancellation cancellation, RpcId id) =>
        Write(writer =>
        {
            writer.WriteString("method"u8, cancellation.Method);
            writer.WriteStartObject("params"u8);
            WriteId(writer, id, cancellation.IdProperty);
            writer.WriteEndObject();
        });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, _options);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writeMembers(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteId(Utf8JsonWriter writer, RpcId id, string property = "id")
    {
        if (id.Text is { } text)
            writer.WriteString(property, text);
        else
            writer.WriteNumber(property, id.Number);
    }
}
