using System.Text.Json;
using QwenIde.Providers.Errors;

namespace QwenIde.Providers.Tests.Errors;

/// <summary>What servers say, as their sources and their users' reports have it, and what it means.</summary>
public sealed class ServerErrorTests
{
    public static TheoryData<string, int, string, ProviderErrorKind, int?, int?> Sayings => new()
    {
        // vllm/renderers/params.py
        {
            "vLLM", 400,
            """{"error":{"message":"This model's maximum context length is 32768 tokens. However, you requested 8000 output tokens and your prompt contains at least 30001 input tokens, for a total of 38001. Please reduce the length.","type":"BadRequestError","param":"input_tokens","code":400}}""",
            ProviderErrorKind.Overflow, 32768, 30001
        },
        {
            "vLLM, long text", 400,
            """{"error":{"message":"This model's maximum context length is 32768 tokens. However, your prompt contains 900000 characters (more than 786432 characters, the upper bound).","type":"BadRequestError","code":400}}""",
            ProviderErrorKind.Overflow, 32768, null
        },
        // vLLM issue 20409
        {
            "vLLM, older", 400,
            """{"object":"error","message":"This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (7000 in the messages, 2000 in the completion). Please reduce the length of the messages or completion.","type":"BadRequestError","param":null,"code":400}""",
            ProviderErrorKind.Overflow, 8192, 7000
        },
        {
            "SGLang", 400,
            """{"object":"error","message":"Requested token count exceeds the model's maximum context length of 32768 tokens. You requested a total of 40000 tokens","type":"BadRequestError","code":400}""",
            ProviderErrorKind.Overflow, 32768, null
        },
        {
            "SGLang, input alone", 400,
            """{"error":{"message":"The input (40000 tokens) is longer than the model's context length (32768 tokens)."}}""",
            ProviderErrorKind.Overflow, 32768, 40000
        },
        // llama.cpp PR 15780
        {
            "llama.cpp", 400,
            """{"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}""",
            ProviderErrorKind.Overflow, 4096, 9000
        },
        {
            "llama.cpp, in the stream", 200,
            """{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}""",
            ProviderErrorKind.Overflow, null, null
        },
        {
            "Ollama", 400,
            """{"error":"the prompt is longer than the context length currently available to the model"}""",
            ProviderErrorKind.Overflow, null, null
        },
        // lmstudio-bug-tracker 237, 1251
        {
            "LM Studio", 200,
            """{"error":{"message":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."}}""",
            ProviderErrorKind.Overflow, 4096, 9000
        },
        {
            "LM Studio, reached", 200,
            """{"error":"Reached context length of 4096 tokens with model (arch: qwen3next), but this model does not currently support mid-generation context overflow."}""",
            ProviderErrorKind.Overflow, 4096, null
        },
        // ollama issues 14834, 18563
        { "Ollama's tool parser", 500, """{"error":"XML syntax error on line 4: element <parameter> closed by </function>"}""", ProviderErrorKind.ToolParse, null, null },
        // lmstudio-bug-tracker 884
        { "LM Studio's template", 400, """{"error":"Error rendering prompt with jinja template: \"Unknown StringValue filter: safe\"."}""", ProviderErrorKind.Template, null, null },
        { "llama.cpp, loading", 503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""", ProviderErrorKind.Loading, null, null },
        { "vLLM, no such model", 404, """{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","code":404}}""", ProviderErrorKind.ModelNotFound, null, null },
        { "Ollama, no such model", 404, """{"error":"model 'x' not found"}""", ProviderErrorKind.ModelNotFound, null, null },
        { "a wrong key", 401, """{"error":"Unauthorized"}""", ProviderErrorKind.Authentication, null, null },
        { "too many", 429, """{"error":{"message":"Too many requests"}}""", ProviderErrorKind.Busy, null, null },
        { "FastAPI", 422, """{"detail":[{"loc":["body"],"msg":"field required"}]}""", ProviderErrorKind.Other, null, null },
    };

    [Theory]
    [MemberData(nameof(Sayings))]
    public void A_saying_has_its_kind_and_its_numbers(
        string who, int status, string body, ProviderErrorKind kind, int? context, int? prompt)
    {
        ServerError error = ServerError.Read(JsonDocument.Parse(body).RootElement, status)!;
        ProviderException exception = ServerErrors.ToException(error, ServerKind.OpenAiCompatible, "m");
        Assert.Equal((who, kind, context, prompt), (who, exception.Kind, exception.ContextTokens, exception.PromptTokens));
    }

    [Fact]
    public void The_servers_own_words_stay_in_the_detail()
    {
        var error = new ServerError(500, Type: null, "CUDA error 719 at ggml.cu:42");
        ProviderException exception = ServerErrors.ToException(error, ServerKind.LlamaCpp, "m");
        Assert.DoesNotContain("719", exception.Message, StringComparison.Ordinal);
        Assert.Contains("719", exception.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"an error: model not found"}}]}""")]
    [InlineData("""{"message":{"role":"assistant","content":"hi"},"done":false}""")]
    [InlineData("""{"error":null,"choices":[]}""")]
    public void An_ordinary_piece_of_an_answer_is_no_error(string body) =>
        Assert.Null(ServerError.Read(JsonDocument.Parse(body).RootElement, status: 200));
}
