using System.Text.Json;
using Microsoft.Extensions.AI;
using QwenIde.Qwen.Chat;

namespace QwenIde.Qwen.Tests.Chat;

/// <summary>From Microsoft.Extensions.AI's messages and options to the template's.</summary>
public sealed class ConversationTests
{
    [Fact]
    public void Texts_of_a_message_are_joined_and_reasoning_is_left_out()
    {
        var mapped = Conversation.From(
        [
            new ChatMessage(ChatRole.System, "rules"),
            new ChatMessage(ChatRole.User, [new TextContent("one "), new TextContent("two")]),
            new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("three"), new UsageContent(new UsageDetails())]),
            new ChatMessage(new ChatRole("developer"), "four"),
        ]);
        Assert.Equal(
            [("system", "rules"), ("user", "one two"), ("assistant", "three"), ("developer", "four")],
            mapped.Messages.Select(message => (message.Role, message.Content)));
    }

    [Fact]
    public void Calls_keep_the_order_and_spelling_of_their_arguments()
    {
        using var number = JsonDocument.Parse("12345678901234567890.50");
        var call = new FunctionCallContent("1", "write", new Dictionary<string, object?>
        {
            ["path"] = "ä.cs",
            ["size"] = number.RootElement,
            ["lines"] = new[] { 1, 2 },
            ["nothing"] = null,
        });
        var message = Assert.Single(Conversation.From([new ChatMessage(ChatRole.Assistant, [new TextContent("now"), call])]).Messages);
        Assert.Equal("now", message.Content);
        var mapped = Assert.Single(message.ToolCalls);
        Assert.Equal("write", mapped.Name);
        Assert.Equal(["path", "size", "lines", "nothing"], mapped.Arguments.EnumerateObject().Select(argument => argument.Name));
        Assert.Equal("ä.cs", mapped.Arguments.GetProperty("path").GetString());
        Assert.Equal("12345678901234567890.50", mapped.Arguments.GetProperty("size").GetRawText());
        Assert.Equal([1, 2], mapped.Arguments.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32()));
        Assert.Equal(JsonValueKind.Null, mapped.Arguments.GetProperty("nothing").ValueKind);
    }

    [Fact]
    public void Results_become_tool_messages_in_the_order_of_their_calls()
    {
        var mapped = Conversation.From(
        [
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("a", "first"), new FunctionCallContent("b", "second")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("b", "of b")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("?", "of none"), new FunctionResultContent("a", "of a")]),
            new ChatMessage(ChatRole.User, "go on"),
        ]);
        Assert.Equal(["", "of a", "of b", "of none", "go on"], mapped.Messages.Select(message => message.Content));
        Assert.Equal(["assistant", "tool", "tool", "tool", "user"], mapped.Messages.Select(message => message.Role));
    }

    public static TheoryData<object?, string> Results =>
    [
        (null, ""),
        ("plain", "plain"),
        (JsonSerializer.SerializeToElement("a \"string\""), "a \"string\""),
        (JsonSerializer.SerializeToElement(new { a = 1, b = "ä" }), "{\"a\": 1, \"b\": \"ä\"}"),
        (new TextContent("content"), "content"),
        (new List<AIContent> { new TextContent("two "), new TextContent("parts") }, "two parts"),
        (42, "42"),
        (true, "true"),
    ];

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_of_any_kind_is_text(object? result, string text) => Assert.Equal(
        text, Assert.Single(Conversation.From([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", result)])]).Messages).Content);

    [Fact]
    public void An_image_is_refused_in_one_sentence()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => Conversation.From(
        [
            new ChatMessage(ChatRole.User, "look"),
            new ChatMessage(ChatRole.User, [new TextContent("here"), new DataContent(new byte[] { 1 }, "image/png")]),
        ]));
        Assert.Equal("The model reads text only, but message 2 (user) holds data of the type image/png; leave it out, or say it in words.", refusal.Message);
    }

    [Fact]
    public void Instructions_stand_before_the_system_text()
    {
        var options = new ChatOptions { Instructions = "Be brief." };
        Assert.Equal("Be brief.", Conversation.From([new ChatMessage(ChatRole.User, "hi")], options).Messages[0].Content);
        var both = Conversation.From([new ChatMessage(ChatRole.System, "Be kind."), new ChatMessage(ChatRole.User, "hi")], options).Messages;
        Assert.Equal(2, both.Length);
        Assert.Equal("Be brief.\n\nBe kind.", both[0].Content);
    }

    [Fact]
    public void Functions_become_tools()
    {
        var function = AIFunctionFactory.Create((string path, int line = 1) => path + line, "open", "Opens a file.");
        var tool = Assert.Single(Conversation.From([], new ChatOptions { Tools = [function], ToolMode = ChatToolMode.None }).Tools);
        Assert.Equal("open", tool.Name);
        Assert.Equal(["name", "description", "parameters"], tool.Function.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Opens a file.", tool.Function.GetProperty("description").GetString());
        Assert.Equal(["path", "line"], tool.Parameters.GetProperty("properties").EnumerateObject().Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_tool_of_a_providers_server_is_refused_in_one_sentence() => Assert.Equal(
        "The tool 'web_search' is not a function, so this model cannot call it; leave it out.",
        Assert.Throws<NotSupportedException>(() => Conversation.ToTool(new HostedWebSearchTool())).Message);

    [Fact]
    public void Generated_ids_travel_with_the_message()
    {
        var message = new ChatMessage(ChatRole.Assistant, "said");
        Assert.True(GeneratedTokens.Find(message).IsDefault);
        GeneratedTokens.Attach(message, [1, 2, 3]);
        Assert.Equal([1, 2, 3], Conversation.From([message]).Messages[0].GeneratedIds);
    }

    [Fact]
    public void Generated_ids_survive_JSON()
    {
        var message = new ChatMessage(ChatRole.Assistant, "said");
        GeneratedTokens.Attach(message, [1, 2, 3]);
        var json = JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);
        var back = JsonSerializer.Deserialize<ChatMessage>(json, AIJsonUtilities.DefaultOptions)!;
        Assert.Equal([1, 2, 3], GeneratedTokens.Find(back));
        back.AdditionalProperties![GeneratedTokens.PropertyName] = JsonSerializer.SerializeToElement(new[] { "1" });
        Assert.True(GeneratedTokens.Find(back).IsDefault);
    }

    [Fact]
    public async Task Generated_ids_survive_streaming()
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, "said") { MessageId = "m" };
        var last = new ChatResponseUpdate { MessageId = "m" };
        GeneratedTokens.Attach(last, [1, 2]);
        var response = await new[] { update, last }.ToAsyncEnumerable().ToChatResponseAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], GeneratedTokens.Find(Assert.Single(response.Messages)));
    }
}
