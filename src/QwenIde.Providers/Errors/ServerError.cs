using System.Globalization;
using System.Text.Json;

namespace QwenIde.Providers.Errors;

/// <summary>What a server says when something fails, as it stands on the wire.</summary>
/// <param name="Status">The HTTP status; 200 for an error inside a stream.</param>
/// <param name="Type">The error's type or code, where it has one.</param>
/// <param name="Text">The message, or the whole body where that is no JSON.</param>
/// <param name="Context">The context length, where a field says it.</param>
/// <param name="Prompt">The prompt's length, where a field says it.</param>
internal sealed record ServerError(int Status, string? Type, string Text, int? Context = null, int? Prompt = null)
{
    /// <summary>
    /// Reads an error from the shapes in use: <c>{"error":{"message","type","code"}}</c>, <c>{"error":"…"}</c>,
    /// <c>{"message","type"}</c> (older vLLM), <c>{"detail":…}</c>; null where the element is none of them.
    /// </summary>
    public static ServerError? Read(JsonElement body, int status)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        if (body.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
            return error.ValueKind == JsonValueKind.Object
                ? FromFields(error, status)
                : new ServerError(status, Type: null, error.ToString());
        if (body.TryGetProperty("detail", out JsonElement detail))
            return new ServerError(status, Type: null, detail.ToString());
        return IsBareError(body) ? FromFields(body, status) : null;
    }

    private static bool IsBareError(JsonElement body) =>
        Field(body, "object", JsonValueKind.String) == "error"
        || Field(body, "message", JsonValueKind.String) is not null
            && !body.TryGetProperty("choices", out _)
            && !body.TryGetProperty("done", out _);

    private static ServerError FromFields(JsonElement error, int status) => new(
        // In a stream the status was 200 long before; the code in the error is the true one.
        Number(error, "code") is { } code and >= 400 and < 600 && status == 200 ? code : status,
        Field(error, "type", JsonValueKind.String) ?? Field(error, "code", JsonValueKind.String),
        Field(error, "message", JsonValueKind.String) ?? error.GetRawText(),
        Number(error, "n_ctx"),
        Number(error, "n_prompt_tokens"));

    private static string? Field(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value.ToString() : null;

    private static int? Number(JsonElement element, string name) =>
        int.TryParse(Field(element, name, JsonValueKind.Number), CultureInfo.InvariantCulture, out var number) ? number : null;
}
