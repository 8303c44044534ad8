using System.Net;
using System.Net.Sockets;
using QwenIde.Providers.Discovery;
using QwenIde.Providers.Tests.Servers;
using QwenIde.Providers.Wire;

namespace QwenIde.Providers.Tests.Discovery;

/// <summary>Each server is recognised by what it says, with the look-alikes' traps (answers replayed at the wire).</summary>
public sealed class DiscoveryTests : IAsyncLifetime
{
    private const string Model = "Qwen/Qwen3-Coder-Next";

    private readonly LoopbackServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("vllm", ServerKind.Vllm)]
    [InlineData("sglang", ServerKind.SgLang)]
    public async Task The_owner_of_the_models_tells_vLLM_and_SGLang(string owner, ServerKind kind)
    {
        _server.On("/v1/models", """{"object":"list","data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"OWNER","max_model_len":131072}]}""".Replace("OWNER", owner, StringComparison.Ordinal))
            .On("/version", """{"version":"0.15.0"}""");
        ModelServer server = await RecogniseAsync();
        Assert.Equal((kind, "0.15.0"), (server.Kind, server.Version));
        Assert.Equal(new ServedModel(Model, new ContextLength(131_072, ContextOrigin.Loaded)), Assert.Single(server.Models));
    }

    [Fact]
    public async Task A_LoRA_card_without_a_length_gets_the_cautious_one()
    {
        _server.On("/v1/models", """{"data":[{"id":"lora","owned_by":"vllm","max_model_len":null}]}""");
        Assert.Equal(ContextLength.Unknown, Assert.Single((await RecogniseAsync()).Models).Context);
    }

    [Fact]
    public async Task Llama_cpp_counts_the_context_of_one_slot()
    {
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"llamacpp","meta":{"n_ctx_train":262144}}]}""")
            .On("/props", """{"default_generation_settings":{"n_ctx":16384},"build_info":"b10066-abc"}""");
        ModelServer server = await RecogniseAsync();
        Assert.Equal((ServerKind.LlamaCpp, "b10066-abc"), (server.Kind, server.Version));
        Assert.Equal(new ContextLength(16_384, ContextOrigin.Loaded), Assert.Single(server.Models).Context);
    }

    [Fact]
    public async Task Llama_cpp_answers_Ollamas_paths_and_is_not_taken_for_it()
    {
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"someone"}]}""")
            .On("/props", """{"default_generation_settings":{"n_ctx":8192},"build_info":"b9000"}""")
            .On("/api/version", """{"version":"0.0.1"}""")
            .On("/api/tags", """{"models":[]}""");
        Assert.Equal(ServerKind.LlamaCpp, (await RecogniseAsync()).Kind);
    }

    [Fact]
    public async Task In_router_mode_the_trained_length_is_said_to_be_that()
    {
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"llamacpp","meta":{"n_ctx_train":262144}}]}""")
            .On("/props", """{"build_info":"b10066"}""");
        Assert.Equal(new ContextLength(262_144, ContextOrigin.Trained), Assert.Single((await RecogniseAsync()).Models).Context);
    }

    [Fact]
    public async Task Ollama_tells_what_is_loaded_and_with_how_much()
    {
        _server.On("/v1/models", """{"data":[{"id":"qwen3-coder-next:latest","owned_by":"library"}]}""")
            .On("/api/version", """{"version":"0.15.4"}""")
            .On("/api/tags", """{"models":[{"name":"qwen3-coder-next:latest"},{"name":"other:7b"}]}""")
            .On("/api/ps", """{"models":[{"name":"qwen3-coder-next:latest","context_length":4096}]}""");
        ModelServer server = await RecogniseAsync();
        Assert.Equal((ServerKind.Ollama, "0.15.4"), (server.Kind, server.Version));
        Assert.Equal(
            [
                new ServedModel("qwen3-coder-next:latest", new ContextLength(4096, ContextOrigin.Loaded), IsLoaded: true),
                new ServedModel("other:7b", ContextLength.Unknown, IsLoaded: false),
            ],
            server.Models);
    }

    [Fact]
    public async Task LM_Studio_is_known_by_its_fields_though_it_answers_every_path_with_200()
    {
        _server.Otherwise = (200, """{"error":"Unexpected endpoint or method."}""");
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"organization_owner"}]}""")
            .On("/api/v1/models", """
                {"models":[
                  {"type":"llm","key":"Qwen/Qwen3-Coder-Next","max_context_length":262144,"loaded_instances":[{"id":"Qwen/Qwen3-Coder-Next","config":{"context_length":8192}}]},
                  {"type":"llm","key":"other","max_context_length":32768,"loaded_instances":[]},
                  {"type":"embedding","key":"embedder","max_context_length":2048,"loaded_instances":[]}]}
                """);
        ModelServer server = await RecogniseAsync();
        Assert.Equal(ServerKind.LmStudio, server.Kind);
        Assert.Equal(
            [
                new ServedModel(Model, new ContextLength(8192, ContextOrigin.Loaded), IsLoaded: true),
                new ServedModel("other", new ContextLength(32_768, ContextOrigin.Trained), IsLoaded: false),
            ],
            server.Models);
    }

    [Fact]
    public async Task Older_LM_Studio_has_its_lengths_in_v0()
    {
        _server.Otherwise = (200, """{"error":"Unexpected endpoint or method."}""");
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next"}]}""")
            .On("/api/v0/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","type":"llm","state":"loaded","max_context_length":262144,"loaded_context_length":4096}]}""");
        ModelServer server = await RecogniseAsync();
        Assert.Equal(ServerKind.LmStudio, server.Kind);
        Assert.Equal(new ContextLength(4096, ContextOrigin.Loaded), Assert.Single(server.Models).Context);
    }

    [Fact]
    public async Task An_older_SGLang_is_known_by_its_model_path()
    {
        _server.On("/v1/models", """{"data":[{"id":"Qwen/Qwen3-Coder-Next","owned_by":"me","max_model_len":32768}]}""")
            .On("/get_model_info", """{"model_path":"Qwen/Qwen3-Coder-Next"}""");
        Assert.Equal(ServerKind.SgLang, (await RecogniseAsync()).Kind);
    }

    [Fact]
    public async Task Anything_else_that_lists_models_is_used_as_compatible()
    {
        _server.On("/v1/models", """{"data":[{"id":"m","owned_by":"me"}]}""");
        ModelServer server = await RecogniseAsync();
        Assert.Equal((ServerKind.OpenAiCompatible, ContextLength.Unknown), (server.Kind, Assert.Single(server.Models).Context));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_server_that_wants_a_key_is_asked_nothing_more(int status)
    {
        _server.Otherwise = (status, """{"error":"Unauthorized"}""");
        Assert.True((await RecogniseAsync()).NeedsKey);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_given_key_is_sent()
    {
        _server.On("/v1/models", """{"data":[{"id":"m","owned_by":"vllm"}]}""");
        using var connection = new ServerConnection(_server.Address, "secret");
        await ServerDiscovery.RecogniseAsync(connection, TestContext.Current.CancellationToken);
        Assert.All(_server.Requests, request => Assert.Equal("Bearer secret", request.Authorization));
    }

    [Fact]
    public async Task Nothing_is_asked_that_could_give_away_a_key_or_change_anything()
    {
        _server.Otherwise = (200, """{"error":"Unexpected endpoint or method."}""");
        _server.On("/v1/models", """{"data":[{"id":"m"}]}""");
        await RecogniseAsync();
        Assert.All(_server.Requests, request => Assert.Equal("GET", request.Method));
        Assert.DoesNotContain(_server.Requests, request => request.Path.Contains("server_info", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_web_server_that_serves_no_model_is_none()
    {
        _server.Otherwise = (200, "<html>hello</html>");
        Assert.Empty(await ServerDiscovery.FindAsync([_server.Address], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new LoopbackServer();
        elsewhere.On("/v1/models", """{"data":[{"id":"m","owned_by":"vllm"}]}""");
        _server.On("/v1/models", (_, response) =>
        {
            response.StatusCode = 302;
            response.RedirectLocation = new Uri(elsewhere.Address, "v1/models").AbsoluteUri;
            return Task.CompletedTask;
        });
        Assert.Empty(await ServerDiscovery.FindAsync([_server.Address], TestContext.Current.CancellationToken));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_port_that_accepts_and_says_nothing_does_not_hold_up_the_others()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _server.On("/v1/models", """{"data":[{"id":"m","owned_by":"vllm"}]}""");
        var found = await ServerDiscovery.FindAsync(
            [new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/"), _server.Address], TestContext.Current.CancellationToken);
        Assert.Equal(_server.Address, Assert.Single(found).Address);
    }

    [Theory]
    [InlineData("http://host:8000/v1", "http://host:8000/")]
    [InlineData("http://host:8000/v1/chat/completions", "http://host:8000/")]
    [InlineData("https://host/behind/path", "https://host/behind/path/")]
    [InlineData("http://user:password@host:1/", "http://host:1/")]
    public void An_address_is_taken_as_people_copy_it(string given, string used)
    {
        using var connection = new ServerConnection(new Uri(given));
        Assert.Equal(new Uri(used), connection.Address);
    }

    [Theory]
    [InlineData(131_072, null, 131_072, ContextOrigin.Loaded)]
    [InlineData(131_072, 8192, 8192, ContextOrigin.Setting)]
    [InlineData(8192, 131_072, 8192, ContextOrigin.Loaded)]
    [InlineData(1_000_000, null, 262_144, ContextOrigin.Loaded)]
    public void The_least_of_server_setting_and_model_counts(int loaded, int? setting, int tokens, ContextOrigin origin) =>
        Assert.Equal(new ContextLength(tokens, origin), new ContextLength(loaded, ContextOrigin.Loaded).Within(setting));

    private async Task<ModelServer> RecogniseAsync()
    {
        using var connection = new ServerConnection(_server.Address);
        ModelServer? server = await ServerDiscovery.RecogniseAsync(connection, TestContext.Current.CancellationToken);
        return server ?? throw new InvalidOperationException("Nothing was recognised.");
    }
}
