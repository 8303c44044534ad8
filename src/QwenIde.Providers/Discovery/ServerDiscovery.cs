using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using QwenIde.Providers.Wire;

namespace QwenIde.Providers.Discovery;

/// <summary>
/// Finds servers by what they answer. Only questions that change nothing are asked (GET), of loopback's usual ports or of the
/// address that the user named, and never <c>/server_info</c>, where SGLang gives away its keys.
/// </summary>
public static class ServerDiscovery
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The usual ports on this machine: vLLM, SGLang, llama.cpp, Ollama, LM Studio.</summary>
    public static ImmutableArray<Uri> UsualAddresses { get; } =
        [.. new[] { 8000, 30000, 8080, 11434, 1234 }.Select(port => new Uri($"http://127.0.0.1:{port}/"))];

    /// <summary>Asks all addresses at the same time and gives those where a model server answers, in their order.</summary>
    public static async Task<ImmutableArray<ModelServer>> FindAsync(IEnumerable<Uri> addresses, CancellationToken cancellationToken)
    {
        ModelServer?[] found = await Task.WhenAll(addresses.Select(async address =>
        {
            using var connection = new ServerConnection(address);
            return await RecogniseAsync(connection, cancellationToken);
        }));
        return [.. found.OfType<ModelServer>()];
    }

    /// <summary>Says what answers at a server's address; null where nothing there serves a model.</summary>
    public static async Task<ModelServer?> RecogniseAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        var questions = new Questions(connection, Patience, cancellationToken);
        using Reply list = await questions.AskAsync("v1/models");
        if (list.NeedsKey)
            return new ModelServer(connection.Address, ServerKind.OpenAiCompatible, Version: null, [], NeedsKey: true);
        ServerKind? byOwner = KindByOwner(list);
        // A server that still loads says so under 503 and lists nothing yet.
        if (!list.IsAnswer && !list.IsLoading && !await IsAnythingThereAsync(questions))
            return null;

        if (byOwner is null or ServerKind.LlamaCpp)
        {
            using Reply properties = await questions.AskAsync("props");
            if (properties.Has("build_info") || byOwner == ServerKind.LlamaCpp || properties.Has("default_generation_settings"))
                return ModelLists.LlamaCpp(connection.Address, list, properties);
        }
        if (byOwner is ServerKind.Vllm or ServerKind.SgLang)
            return ModelLists.OpenAi(connection.Address, byOwner.Value, list, await VersionAsync(questions));

        using Reply ollama = await questions.AskAsync("api/version");
        if (ollama.Text("version") is { } version)
        {
            using Reply tags = await questions.AskAsync("api/tags");
            if (tags.Has("models"))
            {
                using Reply loaded = await questions.AskAsync("api/ps");
                return ModelLists.Ollama(connection.Address, version, tags, loaded);
            }
        }
        foreach (var path in new[] { "api/v1/models", "api/v0/models" })
        {
            using Reply models = await questions.AskAsync(path);
            if (models.Mentions("max_context_length"))
                return ModelLists.LmStudio(connection.Address, models);
        }
        foreach (var path in new[] { "model_info", "get_model_info" })
        {
            using Reply about = await questions.AskAsync(path);
            if (about.Has("model_path"))
                return ModelLists.OpenAi(connection.Address, ServerKind.SgLang, list, version: null);
        }
        if (await VersionAsync(questions) is { } vllm)
            return ModelLists.OpenAi(connection.Address, ServerKind.Vllm, list, vllm);
        return list.Has("data") ? ModelLists.OpenAi(connection.Address, ServerKind.OpenAiCompatible, list, version: null) : null;
    }

    private static async Task<bool> IsAnythingThereAsync(Questions questions)
    {
        // Older Ollama has no /v1/models; everything else that we know has.
        using Reply version = await questions.AskAsync("api/version");
        return version.Has("version");
    }

    private static async Task<string?> VersionAsync(Questions questions)
    {
        using Reply reply = await questions.AskAsync("version");
        return reply.Text("version");
    }

    private static ServerKind? KindByOwner(Reply list)
    {
        foreach (JsonElement model in list.Items("data"))
            if (model.ValueKind == JsonValueKind.Object && model.TryGetProperty("owned_by", out JsonElement owner) && owner.ValueKind == JsonValueKind.String)
                return owner.GetString() switch
                {
                    "vllm" => ServerKind.Vllm,
                    "sglang" => ServerKind.SgLang,
                    "llamacpp" => ServerKind.LlamaCpp,
                    _ => null,
                };
        return null;
    }

    private sealed class Questions(ServerConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        public async Task<Reply> AskAsync(string path) =>
            await connection.TryGetAsync(path, patience, cancellationToken) is var (status, body) ? new Reply(status, body) : new Reply(0, null);
    }
}

/// <summary>An answer, judged by its fields: LM Studio answers unknown paths with 200 and an error in the body.</summary>
internal sealed class Reply(HttpStatusCode status, JsonDocument? body) : IDisposable
{
    public bool NeedsKey => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    public bool IsLoading => status == HttpStatusCode.ServiceUnavailable;

    public bool IsAnswer => status == HttpStatusCode.OK && body is { RootElement.ValueKind: JsonValueKind.Object or JsonValueKind.Array };

    public JsonElement Root => body?.RootElement ?? default;

    public bool Has(string name) => IsAnswer && Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    public string? Text(string name) => Has(name) && Root.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public IEnumerable<JsonElement> Items(string name) =>
        Has(name) && Root.GetProperty(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public bool Mentions(string field) => IsAnswer && Root.GetRawText().Contains($"\"{field}\"", StringComparison.Ordinal);

    public void Dispose() => body?.Dispose();
}
