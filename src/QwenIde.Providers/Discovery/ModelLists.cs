using System.Collections.Immutable;
using System.Text.Json;

namespace QwenIde.Providers.Discovery;

/// <summary>Reads what each server says of its models and their context.</summary>
internal static class ModelLists
{
    /// <summary>vLLM and SGLang: <c>data[].max_model_len</c> is what prompt and answer may have; null on LoRA cards.</summary>
    public static ModelServer OpenAi(Uri address, ServerKind kind, Reply list, string? version) => new(
        address,
        kind,
        version,
        [
            .. from model in list.Items("data")
               let id = Text(model, "id")
               where id is not null
               select new ServedModel(id, Loaded(Number(model, "max_model_len")) ?? ContextLength.Unknown),
        ]);

    /// <summary>
    /// llama.cpp: <c>/props</c> has the length of one slot, newer builds also <c>data[].meta.n_ctx</c>; <c>n_ctx_train</c> is
    /// what the model was trained for.
    /// </summary>
    public static ModelServer LlamaCpp(Uri address, Reply list, Reply properties)
    {
        int? slot = Number(Member(properties.Root, "default_generation_settings"), "n_ctx");
        ImmutableArray<ServedModel> models =
        [
            .. from model in list.Items("data")
               let id = Text(model, "id")
               where id is not null
               let meta = Member(model, "meta")
               select new ServedModel(
                   id,
                   Loaded(slot ?? Number(meta, "n_ctx")) ?? Trained(Number(meta, "n_ctx_train")) ?? ContextLength.Unknown,
                   slot is not null ? true : null),
        ];
        return new ModelServer(address, ServerKind.LlamaCpp, properties.Text("build_info"), models);
    }

    /// <summary>
    /// Ollama: what is loaded stands in <c>/api/ps</c>. For the rest the length is ours to ask for with each request, so the
    /// model's own limit counts, and the server says more once it has loaded it.
    /// </summary>
    public static ModelServer Ollama(Uri address, string version, Reply tags, Reply loaded)
    {
        var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement model in loaded.Items("models"))
            if (Text(model, "name") is { } name && Number(model, "context_length") is { } length)
                lengths[name] = length;
        ImmutableArray<ServedModel> models =
        [
            .. from model in tags.Items("models")
               let id = Text(model, "name")
               where id is not null
               select new ServedModel(
                   id, Loaded(lengths.GetValueOrDefault(id)) ?? ContextLength.Unknown, lengths.ContainsKey(id)),
        ];
        return new ModelServer(address, ServerKind.Ollama, version, models);
    }

    /// <summary>LM Studio: <c>models[].loaded_instances[].config.context_length</c> (v1) or <c>data[].loaded_context_length</c> (v0).</summary>
    public static ModelServer LmStudio(Uri address, Reply reply)
    {
        var models = ImmutableArray.CreateBuilder<ServedModel>();
        foreach (JsonElement model in reply.Items("models").Concat(reply.Items("data")))
        {
            if ((Text(model, "key") ?? Text(model, "id")) is not { } id || Text(model, "type") is "embedding" or "embeddings")
                continue;
            ContextLength trained = Trained(Number(model, "max_context_length")) ?? ContextLength.Unknown;
            JsonElement instances = Member(model, "loaded_instances");
            if (instances.ValueKind == JsonValueKind.Array && instances.GetArrayLength() > 0)
                foreach (JsonElement instance in instances.EnumerateArray())
                    models.Add(new ServedModel(
                        Text(instance, "id") ?? id, Loaded(Number(Member(instance, "config"), "context_length")) ?? trained, IsLoaded: true));
            else
                models.Add(Loaded(Number(model, "loaded_context_length")) is { } length
                    ? new ServedModel(id, length, IsLoaded: true)
                    : new ServedModel(id, trained, IsLoaded: false));
        }
        return new ModelServer(address, ServerKind.LmStudio, Version: null, models.ToImmutable());
    }

    private static ContextLength? Loaded(int? tokens) => tokens is > 0 ? new ContextLength(tokens.Value, ContextOrigin.Loaded) : null;

    private static ContextLength? Trained(int? tokens) => tokens is > 0 ? new ContextLength(tokens.Value, ContextOrigin.Trained) : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;
}
