namespace QwenIde.Providers;

/// <summary>What went wrong at a server, as far as what to do about it differs.</summary>
public enum ProviderErrorKind
{
    /// <summary>None of the others.</summary>
    Other,
    /// <summary>Nothing answers at the address.</summary>
    Unreachable,
    /// <summary>Prompt and answer do not fit into the context; compacting helps, trying again does not.</summary>
    Overflow,
    /// <summary>The server dropped a part of the prompt without a word.</summary>
    Truncated,
    /// <summary>The model is still being loaded; trying again later helps.</summary>
    Loading,
    /// <summary>The server has no such model.</summary>
    ModelNotFound,
    /// <summary>The server cannot render the model's chat template.</summary>
    Template,
    /// <summary>The server could not read the model's own tool call; trying once more may help.</summary>
    ToolParse,
    /// <summary>A key is missing or wrong.</summary>
    Authentication,
    /// <summary>Too many requests, or no room for another; trying again later helps.</summary>
    Busy,
    /// <summary>The answer stopped before its end; what arrived must not be taken for a whole.</summary>
    Interrupted,
}

/// <summary>A server failed. The message is a sentence for a person; what the server said is in <see cref="Detail"/>.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>An error of a kind.</summary>
    public ProviderException(ProviderErrorKind kind, string message, string? detail = null, Exception? inner = null)
        : base(message, inner) =>
        (Kind, Detail) = (kind, detail);

    /// <summary>What to do about it depends on this.</summary>
    public ProviderErrorKind Kind { get; }

    /// <summary>The server's own words, for those who look closer; null where it said nothing.</summary>
    public string? Detail { get; }

    /// <summary>For <see cref="ProviderErrorKind.Overflow"/>: how many tokens the server really takes; null where it does not say.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>For <see cref="ProviderErrorKind.Overflow"/>: how many tokens the server counted in the prompt; null where it does not say.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient => Kind is ProviderErrorKind.Loading or ProviderErrorKind.Busy or ProviderErrorKind.Unreachable or ProviderErrorKind.Interrupted;
}
