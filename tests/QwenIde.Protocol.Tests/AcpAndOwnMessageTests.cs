using System.Text.Json;
using QwenIde.Protocol.Acp;
using QwenIde.Protocol.Extensions;
using static QwenIde.Protocol.Tests.LspMessageTests;

namespace QwenIde.Protocol.Tests;

public sealed class AcpAndOwnMessageTests
{
    [Fact]
    public void A_conversation_reads_as_the_agent_client_protocol_has_it()
    {
        AssertRoundTrip("""{"cwd":"/home/zoe/Shop","mcpServers":[{"name":"x","command":"y","args":[],"env":[]}]}""", AcpMethods.NewSession.Params);
        AssertRoundTrip("""{"sessionId":"s1"}""", AcpMethods.NewSession.Result);
        AssertRoundTrip(
            """{"sessionId":"s1","prompt":[{"type":"text","text":"Why?"},{"type":"resource_link","name":"a.cs","uri":"file:///a.cs"}]}""",
            AcpMethods.Prompt.Params);
        AssertWrites("""{"stopReason":"end_turn"}""", new PromptResult { StopReason = StopReason.EndTurn }, AcpMethods.Prompt.Result);
        AssertRoundTrip("""{"sessionId":"s1"}""", AcpMethods.Cancel.Params);
        AssertWrites(
            """{"sessionId":"s1","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"Because."}}}""",
            new SessionUpdateParams { SessionId = "s1", Update = new AgentMessageChunk { Content = new TextContent { Text = "Because." } } },
            AcpMethods.Update.Params);
    }

    [Fact]
    public void The_kind_may_stand_anywhere_in_its_object()
    {
        var prompt = JsonSerializer.Deserialize(
            """{"prompt":[{"text":"Why?","annotations":{"type":"not this"},"type":"text"}],"sessionId":"s1"}""", AcpMethods.Prompt.Params)!;
        Assert.Equal("Why?", Assert.IsType<TextContent>(Assert.Single(prompt.Prompt)).Text);
    }

    [Fact]
    public void Kinds_that_nobody_knows_yet_are_kept_as_they_came()
    {
        const string Image = """{"sessionId":"s1","prompt":[{"type":"image","data":"AAAA","mimeType":"image/png"}]}""";
        AssertRoundTrip(Image, AcpMethods.Prompt.Params);
        Assert.Equal("image", Assert.IsType<UnknownContent>(Assert.Single(JsonSerializer.Deserialize(Image, AcpMethods.Prompt.Params)!.Prompt)).Type);

        const string Plan = """{"sessionId":"s1","update":{"entries":[],"sessionUpdate":"plan"}}""";
        AssertRoundTrip(Plan, AcpMethods.Update.Params);
        Assert.Equal("plan", Assert.IsType<UnknownSessionUpdate>(JsonSerializer.Deserialize(Plan, AcpMethods.Update.Params)!.Update).Kind);
    }

    [Fact]
    public void Other_kinds_of_pieces_are_understood()
    {
        AssertRoundTrip("""{"sessionId":"s1","update":{"sessionUpdate":"user_message_chunk","content":{"type":"text","text":"a"}}}""", AcpMethods.Update.Params);
        AssertRoundTrip("""{"sessionId":"s1","update":{"sessionUpdate":"agent_thought_chunk","content":{"type":"text","text":"a"}}}""", AcpMethods.Update.Params);
    }

    [Fact]
    public void The_agent_client_protocols_own_handshake()
    {
        AssertRoundTrip(
            """{"protocolVersion":1,"clientCapabilities":{"fs":{"readTextFile":true,"writeTextFile":true},"terminal":true},"clientInfo":{"name":"zed","title":"Zed","version":"1.0"}}""",
            AcpMethods.Initialize.Params);
        AssertWrites(
            """{"protocolVersion":1,"agentCapabilities":{"loadSession":false,"promptCapabilities":{"image":false,"audio":false,"embeddedContext":false}},"agentInfo":{"name":"qwenide","version":"0.1.0"},"authMethods":[]}""",
            new AgentInitializeResult
            {
                ProtocolVersion = AcpMethods.ProtocolVersion,
                AgentCapabilities = new AgentCapabilities { PromptCapabilities = new PromptCapabilities() },
                AgentInfo = new AgentImplementation { Name = "qwenide", Version = "0.1.0" },
            },
            AcpMethods.Initialize.Result);
    }

    [Fact]
    public void The_workspaces_status_reads_as_the_protocol_page_types_it()
    {
        AssertWrites(
            """
            {"state":"loading","message":"Loading Shop.sln.","version":0,"target":null,"stage":null,"roslyn":null,"trusted":false,"projects":[],"issues":[]}
            """,
            new WorkspaceStatus { State = WorkspaceState.Loading, Message = "Loading Shop.sln.", Version = 0, Trusted = false },
            QwenIdeMethods.DescribeWorkspace.Result);
        AssertRoundTrip(
            """
            {"state":"ready","message":"4 projects.","version":3,"target":"/src/Shop.sln","stage":"projectFiles","roslyn":"5.9.0 (SDK 10.0.401)","trusted":true,
             "projects":[{"name":"Shop","path":"/src/Shop/Shop.csproj","targetFramework":"net10.0","documents":12,"missingPackages":["Polly 8.9.1"]}],
             "issues":[{"severity":"warning","message":"Polly 8.9.1 is not restored.","path":null}]}
            """,
            QwenIdeMethods.WorkspaceStatusChanged.Params);
        Assert.Equal("\"msbuild\"", JsonSerializer.Serialize(WorkspaceStage.Msbuild, QwenIdeJson.Default.WorkspaceStage));
        AssertRoundTrip("""{"trusted":true}""", QwenIdeMethods.TrustWorkspace.Params);
    }

    [Fact]
    public void Our_options_are_all_optional()
    {
        using var given = JsonDocument.Parse("""{"solution":"Shop.sln","later":1}""");
        Assert.Equal(new InitializationOptions { Solution = "Shop.sln" }, InitializationOptions.Read(given.RootElement));
        var options = new InitializationOptions { Trusted = true, Diagnostics = true };
        Assert.Equal(options, InitializationOptions.Read(options.ToJson()));
    }
}
