using System.Collections.Immutable;

namespace QwenIde.Providers;

/// <summary>The programs that serve a model and whose ways we know.</summary>
public enum ServerKind
{
    /// <summary>Something that answers like OpenAI's chat completions, and is none of the others.</summary>
    OpenAiCompatible,
    /// <summary>vLLM.</summary>
    Vllm,
    /// <summary>SGLang.</summary>
    SgLang,
    /// <summary>llama.cpp's <c>llama-server</c>.</summary>
    LlamaCpp,
    /// <summary>Ollama.</summary>
    Ollama,
    /// <summary>LM Studio.</summary>
    LmStudio,
}

/// <summary>Where a context length comes from.</summary>
public enum ContextOrigin
{
    /// <summary>Nobody says; a cautious guess.</summary>
    Assumed,
    /// <summary>What the model was trained for; the server may have loaded it with less.</summary>
    Trained,
    /// <summary>What the server has loaded the model with.</summary>
    Loaded,
    /// <summary>The user's own setting, which is below what the server offers.</summary>
    Setting,
    /// <summary>What the server said when a prompt was too long.</summary>
    Overflow,
}

/// <summary>How many tokens prompt and answer may have together, and who says so.</summary>
/// <param name="Tokens">At least 1.</param>
/// <param name="Origin">Where the number comes from.</param>
public sealed record ContextLength(int Tokens, ContextOrigin Origin)
{
    /// <summary>What Qwen3-Coder-Next was trained for.</summary>
    public const int Model = 262_144;

    /// <summary>Where nobody says: the model card's advice for small memory.</summary>
    public static ContextLength Unknown { get; } = new(32_768, ContextOrigin.Assumed);

    /// <summary>The lesser of this and the user's setting, and never more than the model itself can.</summary>
    public ContextLength Within(int? setting) =>
        setting is { } limit && limit < Tokens ? new ContextLength(Math.Max(1, limit), ContextOrigin.Setting)
        : Tokens > Model ? this with { Tokens = Model }
        : this;
}

/// <summary>A model that a server offers.</summary>
/// <param name="Id">As requests name it.</param>
/// <param name="Context">Prompt and answer together.</param>
/// <param name="IsLoaded">Whether it is in memory; null where the server does not say. Loading may take minutes.</param>
public sealed record ServedModel(string Id, ContextLength Context, bool? IsLoaded = null);

/// <summary>A server that was found or named.</summary>
/// <param name="Address">Scheme, host and port, and a path where the server stands behind one; ends with a slash.</param>
/// <param name="Kind">What it is, judged by what it answers.</param>
/// <param name="Version">Its own word; null where it gives none.</param>
/// <param name="Models">What it offers; empty while <paramref name="NeedsKey"/> or while it loads.</param>
/// <param name="NeedsKey">It answered 401 or 403: a key is to be asked for.</param>
public sealed record ModelServer(Uri Address, ServerKind Kind, string? Version, ImmutableArray<ServedModel> Models, bool NeedsKey = false);
