using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using QwenIde.Rpc.Framing;
using QwenIde.Rpc.Messages;
using QwenIde.Rpc.Sending;

namespace QwenIde.Rpc.Dispatch;

/// <summary>Reads the stream: hands replies and cancellations on at once, puts everything else into the inbox.</summary>
internal sealed class Receiver(
    PipeReader input,
    RpcPeerOptions options,
    FrozenDictionary<string, Handler> handlers,
    Inbox inbox,
    IncomingRequests requests,
    PendingRequests pending)
{
    /// <summary>Reads to the end and says how it came.</summary>
    internal async Task<RpcClosure> RunAsync(CancellationToken cancellationToken)
    {
        while (await inbox.RoomAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (await options.Framing.ReadAsync(input, options.MaxBodyBytes, cancellationToken).ConfigureAwait(false))
            {
                case FramedInput.Message message:
                    Receive(message.Body);
                    break;
                case FramedInput.TooLarge tooLarge:
                    RefuseTooLarge(tooLarge);
                    break;
                case FramedInput.Garbage garbage:
                    Refuse(null, RpcErrorCodes.ParseError, garbage.Sentence);
                    break;
                case FramedInput.Ended { Truncated: true }:
                    return new RpcClosure(RpcClosureReason.Truncated, "The peer closed the connection in the middle of a message.");
                case FramedInput.Ended:
                    return new RpcClosure(RpcClosureReason.PeerClosed, "The peer closed the connection.");
            }
        }

        return new RpcClosure(
            RpcClosureReason.Flooded,
            $"The peer sent more than {4 * options.InboxBytes} bytes that could not be worked off; the connection was closed.");
    }

    private void Receive(ReadOnlyMemory<byte> body)
    {
        Envelope message;
        try
        {
            message = Envelope.Parse(body);
        }
        catch (JsonException broken)
        {
            Refuse(null, RpcErrorCodes.ParseError, $"A message of {body.Length} bytes is not JSON: {broken.Message}");
            return;
        }

        options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Received, message.Method, message.Id, body.Length));
        if (message.Problem is { } problem)
            Refuse(message.Id, RpcErrorCodes.InvalidRequest, problem);
        else if (message.IsResponse)
            ReceiveResponse(message);
        else if (message.Method is not { } method)
            Refuse(message.Id, RpcErrorCodes.InvalidRequest, "A message needs a 'method', a 'result' or an 'error'.");
        else if (!message.HasVersion)
            Refuse(message.Id, RpcErrorCodes.InvalidRequest, "A message must say \"jsonrpc\": \"2.0\".");
        else if (message.HasId)
            ReceiveRequest(method, message);
        else
            ReceiveNotification(method, message);
    }

    private void ReceiveResponse(Envelope response)
    {
        if (response.Id is null && !response.Error.IsEmpty)
            Ignore(null, null, $"The peer could not read a message of ours: {RemoteError.Read("?", response.Error).Message}");
        else if (!pending.TryComplete(response))
            Ignore(null, response.Id, "Nobody awaits this reply (any more).");
    }

    private void ReceiveRequest(string method, Envelope message)
    {
        if (message.Id is not { } id)
            Refuse(null, RpcErrorCodes.InvalidRequest, "An 'id' must be a string or a whole number.");
        else if (!handlers.TryGetValue(method, out var handler))
            Refuse(id, RpcErrorCodes.MethodNotFound, $"There is no method '{method}'.", method);
        else if (!handler.IsRequest)
            Refuse(id, RpcErrorCodes.InvalidRequest, $"'{method}' is a notification; send it without an 'id'.", method);
        else if (requests.Enter(id) is not { } cancellation)
            Refuse(id, RpcErrorCodes.InvalidRequest, $"A request with the id '{id}' is not answered yet; use another id.", method);
        else
            inbox.Add(new Incoming.Call(handler, id, message.Params, cancellation));
    }

    private void ReceiveNotification(string method, Envelope message)
    {
        if (method == options.Cancellation.Method)
        {
            if (ReadCancelledId(message.Params) is { } id)
                requests.Cancel(id);
        }
        else if (!handlers.TryGetValue(method, out var handler))
            Ignore(method, null, $"There is no notification '{method}'.");
        else if (handler.IsRequest)
            Ignore(method, null, $"'{method}' is a request and came without an 'id'.");
        else
            inbox.Add(new Incoming.Call(handler, null, message.Params, CancellationToken.None));
    }

    private void RefuseTooLarge(FramedInput.TooLarge message)
    {
        var sentence = $"A message of {message.Length} bytes is over the limit of {options.MaxBodyBytes} bytes; it was skipped.";
        var head = Envelope.ParseHead(message.Head);
        if (head is { Method: null, Id: { } id } && pending.TryFail(
                id, method => new RpcRemoteException(method, RpcErrorCodes.InvalidRequest, $"The answer to '{method}' is too large: {sentence}", null)))
            return;
        Refuse(head?.Id, RpcErrorCodes.InvalidRequest, sentence, head?.Method);
    }

    private RpcId? ReadCancelledId(ReadOnlyMemory<byte> json)
    {
        var property = Encoding.UTF8.GetBytes(options.Cancellation.IdProperty);
        var reader = new Utf8JsonReader(json.Span);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = JsonText.Equals(ref reader, property);
            reader.Read();
            if (isId)
                return Envelope.ReadId(ref reader);
            reader.Skip();
        }

        return null;
    }

    private void Refuse(RpcId? id, int code, string message, string? method = null)
    {
        options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Refused, method, id, Message: message));
        inbox.Add(new Incoming.Refusal(MessageWriter.Error(id, code, message)));
    }

    private void Ignore(string? method, RpcId? id, string message) =>
        options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Ignored, method, id, Message: message));
}
