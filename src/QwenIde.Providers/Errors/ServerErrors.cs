using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace QwenIde.Providers.Errors;

/// <summary>Maps what servers say to kinds. Fields are believed before patterns, patterns before statuses.</summary>
internal static partial class ServerErrors
{
    /// <summary>The exception for an error.</summary>
    /// <param name="error">What the server said.</param>
    /// <param name="server">Its kind, for what to do.</param>
    /// <param name="model">The model that was asked for.</param>
    public static ProviderException ToException(ServerError error, ServerKind server, string model)
    {
        ProviderErrorKind kind = KindOf(error);
        (int? context, int? prompt) = kind == ProviderErrorKind.Overflow ? Lengths(error) : (null, null);
        return new ProviderException(kind, Sentence(kind, server, model, context, prompt), error.Text)
        {
            ContextTokens = context,
            PromptTokens = prompt,
        };
    }

    /// <summary>The kind of an error.</summary>
    public static ProviderErrorKind KindOf(ServerError error)
    {
        if (error.Type == "exceed_context_size_error" || OverflowText().IsMatch(error.Text))
            return ProviderErrorKind.Overflow;
        if (ToolParseText().IsMatch(error.Text))
            return ProviderErrorKind.ToolParse;
        if (TemplateText().IsMatch(error.Text))
            return ProviderErrorKind.Template;
        if (LoadingText().IsMatch(error.Text))
            return ProviderErrorKind.Loading;
        if (NotFoundText().IsMatch(error.Text))
            return ProviderErrorKind.ModelNotFound;
        return error.Status switch
        {
            (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => ProviderErrorKind.Authentication,
            (int)HttpStatusCode.NotFound => ProviderErrorKind.ModelNotFound,
            (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable => ProviderErrorKind.Busy,
            _ => ProviderErrorKind.Other,
        };
    }

    private static (int? Context, int? Prompt) Lengths(ServerError error)
    {
        if (error.Context is not null)
            return (error.Context, error.Prompt);
        foreach (Regex pattern in new[]
        {
            VllmRequested(), VllmPrompt(), SgLangLonger(), LlamaRequest(), SgLangRequested(), LmStudioLoaded(), LmStudioReached(),
        })
            if (pattern.Match(error.Text) is { Success: true } match)
                return (Number(match, "context"), Number(match, "prompt"));
        return (null, null);
    }

    private static int? Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    private static string Sentence(ProviderErrorKind kind, ServerKind server, string model, int? context, int? prompt) => kind switch
    {
        ProviderErrorKind.Overflow =>
            $"The conversation{(prompt is { } tokens ? $" of {tokens:N0} tokens" : "")} does not fit into the context"
            + $"{(context is { } limit ? $" of {limit:N0} tokens" : "")} that {Name(server)} has for {model}: shorten it, or {HowToRaise(server)}.",
        ProviderErrorKind.Loading => $"{Name(server)} is still loading {model}: try again in a moment.",
        ProviderErrorKind.ModelNotFound => $"{Name(server)} has no model '{model}': choose one that it lists, or load it there.",
        ProviderErrorKind.Template => $"{Name(server)} cannot render the chat template of {model}: update the server, or the model file.",
        ProviderErrorKind.ToolParse => $"{Name(server)} could not read a tool call that {model} wrote: ask again, and update the server if it recurs.",
        ProviderErrorKind.Authentication => $"{Name(server)} asks for a key, or refuses the one it was given.",
        ProviderErrorKind.Busy => $"{Name(server)} is busy: try again in a moment.",
        _ => $"{Name(server)} failed while it answered with {model}.",
    };

    /// <summary>A server's name, for people.</summary>
    public static string Name(ServerKind server) => server switch
    {
        ServerKind.Vllm => "vLLM",
        ServerKind.SgLang => "SGLang",
        ServerKind.LlamaCpp => "llama.cpp",
        ServerKind.Ollama => "Ollama",
        ServerKind.LmStudio => "LM Studio",
        _ => "The model server",
    };

    /// <summary>What a user does for a longer context.</summary>
    public static string HowToRaise(ServerKind server) => server switch
    {
        ServerKind.Vllm => "start vLLM with a larger --max-model-len",
        ServerKind.SgLang => "start SGLang with a larger --context-length",
        ServerKind.LlamaCpp => "start llama-server with a larger -c",
        ServerKind.Ollama => "raise the context length in the settings (Ollama takes it with each request)",
        ServerKind.LmStudio => "load the model in LM Studio with a larger context length",
        _ => "start the server with a longer context",
    };

    // The texts stand in the servers' sources and in users' reports (the sources are named beside the tests).
    [GeneratedRegex(
        "maximum context length|exceed\\w* the (available |model's )?(maximum )?context|longer than the model's context length|"
        + "context size has been exceeded|longer than the context length|Trying to keep the first \\d+ tokens|"
        + "tokens to keep from the initial prompt is greater|Reached context length of",
        RegexOptions.IgnoreCase)]
    private static partial Regex OverflowText();

    [GeneratedRegex("XML syntax error|failed to parse (the )?(tool|input at pos)|error parsing tool call|tool.?call.*pars", RegexOptions.IgnoreCase)]
    private static partial Regex ToolParseText();

    [GeneratedRegex("Unknown StringValue filter|chat template|jinja|rendering prompt", RegexOptions.IgnoreCase)]
    private static partial Regex TemplateText();

    [GeneratedRegex("loading model|model is (still )?loading|model.*not ready", RegexOptions.IgnoreCase)]
    private static partial Regex LoadingText();

    [GeneratedRegex("model .*(not found|does not exist)|no models? loaded|try pulling it first", RegexOptions.IgnoreCase)]
    private static partial Regex NotFoundText();

    [GeneratedRegex("maximum context length is (?<context>[\\d,]+) tokens.*?\\((?<prompt>[\\d,]+) in the messages", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex VllmRequested();

    [GeneratedRegex("maximum context length is (?<context>[\\d,]+) tokens(?:.*?prompt contains (?:at least )?(?<prompt>[\\d,]+) input tokens)?", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex VllmPrompt();

    [GeneratedRegex("input \\((?<prompt>\\d+) tokens\\) is longer than the model's context length \\((?<context>\\d+) tokens\\)", RegexOptions.IgnoreCase)]
    private static partial Regex SgLangLonger();

    [GeneratedRegex("maximum context length of (?<context>\\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex SgLangRequested();

    [GeneratedRegex("request \\((?<prompt>\\d+) tokens\\) exceeds the available context size \\((?<context>\\d+) tokens\\)", RegexOptions.IgnoreCase)]
    private static partial Regex LlamaRequest();

    [GeneratedRegex("Trying to keep the first (?<prompt>\\d+) tokens.*context length of only (?<context>\\d+) tokens", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex LmStudioLoaded();

    [GeneratedRegex("Reached context length of (?<context>\\d+) tokens", RegexOptions.IgnoreCase)]
    private static partial Regex LmStudioReached();
}
