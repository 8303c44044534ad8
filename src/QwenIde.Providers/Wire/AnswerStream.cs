using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using QwenIde.Providers.Errors;

namespace QwenIde.Providers.Wire;

/// <summary>One document of a streamed answer.</summary>
/// <param name="Body">The document; undefined where it is an error.</param>
/// <param name="Error">What the server says went wrong, in the midst of a stream that began with status 200.</param>
internal readonly record struct Streamed(JsonElement Body, ServerError? Error);

/// <summary>Reads streamed answers document by document, whatever the pieces in which they arrive.</summary>
internal static class AnswerStream
{
    private const string Done = "[DONE]";

    /// <summary>
    /// Server-sent events, as the OpenAI dialect has them: until <c>[DONE]</c> or the end of the stream (LM Studio may end
    /// without it). Comments that keep the connection alive are passed over; an <c>event: error</c> is an error.
    /// </summary>
    /// <exception cref="ProviderException">Nothing more arrived for too long, or the connection broke.</exception>
    public static async IAsyncEnumerable<Streamed> ReadEventsAsync(
        HttpResponseMessage answer, TimeSpan idleLimit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var patient = new PatientStream(body, idleLimit);
        SseParser<string> parser = SseParser.Create(patient, static (_, data) => Encoding.UTF8.GetString(data));
        await foreach (SseItem<string> item in parser.EnumerateAsync(cancellationToken))
        {
            if (item.Data.Trim() == Done)
                yield break;
            if (Parse(item.Data, item.EventType == "error") is { } streamed)
                yield return streamed;
        }
    }

    /// <summary>One JSON document a line, as Ollama's own interface has them.</summary>
    /// <exception cref="ProviderException">Nothing more arrived for too long, or the connection broke.</exception>
    public static async IAsyncEnumerable<Streamed> ReadLinesAsync(
        HttpResponseMessage answer, TimeSpan idleLimit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var patient = new PatientStream(body, idleLimit);
        using var reader = new StreamReader(patient, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            if (Parse(line, isError: false) is { } streamed)
                yield return streamed;
    }

    // Null for what is no document: a server's log line or an empty event is no reason to lose an answer.
    private static Streamed? Parse(string text, bool isError)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement body = document.RootElement.Clone();
            if (ServerError.Read(body, status: 200) is { } error)
                return new Streamed(default, error);
            return isError ? new Streamed(default, new ServerError(200, Type: null, text)) : new Streamed(body, null);
        }
        catch (JsonException)
        {
            return isError ? new Streamed(default, new ServerError(200, Type: null, text)) : null;
        }
    }
}
