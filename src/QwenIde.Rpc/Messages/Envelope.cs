using System.Text.Json;
using System.Text.Unicode;

namespace QwenIde.Rpc.Messages;

/// <summary>The members of a JSON-RPC object, with parameters, result and error left as bytes for whoever knows their types.</summary>
internal sealed class Envelope
{
    internal bool HasVersion { get; private set; }

    internal bool HasId { get; private set; }

    /// <summary>The id; null when it is absent, null, or neither string nor whole number.</summary>
    internal RpcId? Id { get; private set; }

    internal string? Method { get; private set; }

    /// <summary>Empty when absent.</summary>
    internal ReadOnlyMemory<byte> Params { get; private set; }

    internal ReadOnlyMemory<byte> Result { get; private set; }

    internal ReadOnlyMemory<byte> Error { get; private set; }

    /// <summary>Why this is no JSON-RPC message, as far as its shape tells; null when it may be one.</summary>
    internal string? Problem { get; private set; }

    internal bool IsResponse => Method is null && (!Result.IsEmpty || !Error.IsEmpty);

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static Envelope Parse(ReadOnlyMemory<byte> json) =>
        Utf8.IsValid(json.Span) ? Read(json, isWhole: true) : throw new JsonException("it is not UTF-8.");

    /// <summary>Reads what the first bytes of a message tell, or null if they are not JSON.</summary>
    internal static Envelope? ParseHead(ReadOnlyMemory<byte> head)
    {
        try
        {
            return Read(head, isWhole: false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Envelope Read(ReadOnlyMemory<byte> json, bool isWhole)
    {
        var envelope = new Envelope();
        var reader = new Utf8JsonReader(json.Span, isWhole, default);
        if (!reader.Read())
            return envelope;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            envelope.Problem = reader.TokenType == JsonTokenType.StartArray
                ? "Batches are not supported; send each message on its own."
                : "A message must be a JSON object.";
            reader.TrySkip();
        }
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && envelope.ReadMember(ref reader, json))
            {
            }
        }

        if (isWhole && reader.Read())
            throw new JsonException("Something stands behind the end of the message.");

        return envelope;
    }

    /// <summary>Reads one member; false when the bytes end within it.</summary>
    private bool ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var member =
            JsonText.Equals(ref reader, "jsonrpc"u8) ? Member.Version :
            JsonText.Equals(ref reader, "id"u8) ? Member.Id :
            JsonText.Equals(ref reader, "method"u8) ? Member.Method :
            JsonText.Equals(ref reader, "params"u8) ? Member.Params :
            JsonText.Equals(ref reader, "result"u8) ? Member.Result :
            JsonText.Equals(ref reader, "error"u8) ? Member.Error : Member.Other;
        if (!reader.Read())
            return false;
        var start = (int)reader.TokenStartIndex;
        switch (member)
        {
            case Member.Version:
                HasVersion = reader.TokenType == JsonTokenType.String && JsonText.Equals(ref reader, "2.0"u8);
                break;
            case Member.Id:
                HasId = true;
                Id = ReadId(ref reader);
                break;
            case Member.Method when reader.TokenType == JsonTokenType.String:
                Method = JsonText.Read(ref reader);
                Problem ??= Method is null ? "'method' must be text." : null;
                break;
            case Member.Method:
                Problem = "'method' must be a string.";
                break;
        }

        if (!reader.TrySkip())
            return false;
        var value = json[start..(int)reader.BytesConsumed];
        switch (member)
        {
            case Member.Params:
                Params = value;
                break;
            case Member.Result:
                Result = value;
                break;
            case Member.Error when reader.TokenType != JsonTokenType.Null:
                Error = value;
                break;
        }

        return true;
    }

    internal static RpcId? ReadId(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when JsonText.Read(ref reader) is { } text => new RpcId(text),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RpcId(number),
        _ => null,
    };

    private enum Member
    {
        Other,
        Version,
        Id,
        Method,
        Params,
        Result,
        Error,
    }
}
