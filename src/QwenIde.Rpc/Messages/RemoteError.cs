using System.Text.Json;

namespace QwenIde.Rpc.Messages;

/// <summary>Reads the <c>error</c> member of a response, however badly formed.</summary>
internal static class RemoteError
{
    internal static RpcRemoteException Read(string method, ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        var error = JsonElement.ParseValue(ref reader);
        if (error.ValueKind != JsonValueKind.Object)
            return new RpcRemoteException(method, RpcErrorCodes.InternalError, $"'{method}' failed without a reason.", error);
        var code = error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
            ? value
            : RpcErrorCodes.InternalError;
        var message = error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String
            ? JsonText.Show(text)
            : $"'{method}' failed without a reason.";
        return new RpcRemoteException(method, code, message, error.TryGetProperty("data", out var data) ? data : null);
    }
}
