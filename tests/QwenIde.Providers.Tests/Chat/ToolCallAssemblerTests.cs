using System.Text.Json;
using QwenIde.Providers.Chat;

namespace QwenIde.Providers.Tests.Chat;

/// <summary>The pieces of tool calls as servers send them (reference: vLLM 30439, qwen-code's and continue's reports).</summary>
public sealed class ToolCallAssemblerTests
{
    [Fact]
    public void Pieces_with_an_index_are_joined() => Expect(
        ["a:{\"x\":1}"],
        """{"index":0,"id":"1","function":{"name":"a","arguments":""}}""",
        """{"index":0,"function":{"arguments":"{\"x\":"}}""",
        """{"index":0,"function":{"arguments":"1}"}}""");

    [Fact]
    public void Two_calls_interleaved_by_index_stay_apart() => Expect(
        ["a:{\"x\":1}", "b:{\"y\":2}"],
        """{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":"}}""",
        """{"index":1,"id":"2","function":{"name":"b","arguments":"{\"y\":"}}""",
        """{"index":0,"function":{"arguments":"1}"}}""",
        """{"index":1,"function":{"arguments":"2}"}}""");

    [Fact]
    public void A_whole_call_in_one_delta_may_have_an_object_for_arguments() => Expect(
        ["a:{\"x\":[1,2]}"], """{"function":{"name":"a","arguments":{"x":[1,2]}}}""");

    [Fact]
    public void Two_calls_on_index_0_are_told_apart_by_their_ids() => Expect(
        ["a:{}", "a:{\"x\":1}"],
        """{"index":0,"id":"1","function":{"name":"a","arguments":"{}"}}""",
        """{"index":0,"id":"2","function":{"name":"a","arguments":"{\"x\":1}"}}""");

    [Fact]
    public void Two_calls_on_index_0_without_ids_are_told_apart_by_whole_arguments() => Expect(
        ["a:{\"x\":1}", "a:{\"x\":2}"],
        """{"index":0,"function":{"name":"a","arguments":"{\"x\":1}"}}""",
        """{"index":0,"function":{"name":"a","arguments":"{\"x\":2}"}}""");

    [Fact]
    public void A_name_repeated_with_each_piece_makes_no_new_call() => Expect(
        ["a:{\"x\":1}"],
        """{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":"}}""",
        """{"index":0,"id":"1","function":{"name":"a","arguments":"1}"}}""");

    [Fact]
    public void Neither_id_nor_index_is_needed() => Expect(
        ["a:{\"x\":1}", "b:{}"],
        """{"function":{"name":"a","arguments":"{\"x\":"}}""",
        """{"function":{"arguments":"1}"}}""",
        """{"function":{"name":"b","arguments":"{}"}}""");

    [Fact]
    public void Arguments_that_never_close_are_not_whole()
    {
        var assembler = new ToolCallAssembler();
        assembler.Add(Piece("""{"index":0,"id":"1","function":{"name":"a","arguments":"{\"x\":\"unfinished"}}"""));
        Assert.False(Assert.Single(assembler.Calls).IsComplete);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"index":"0","id":5,"function":null}""")]
    public void What_is_no_call_does_no_harm(string piece)
    {
        var assembler = new ToolCallAssembler();
        assembler.Add(Piece(piece));
        Assert.DoesNotContain(assembler.Calls, call => call.Name.Length > 0);
    }

    private static void Expect(string[] expected, params string[] pieces)
    {
        var assembler = new ToolCallAssembler();
        foreach (var piece in pieces)
            assembler.Add(Piece(piece));
        Assert.Equal(expected, assembler.Calls.Select(call => $"{call.Name}:{call.Arguments}"));
        Assert.All(assembler.Calls, call => Assert.True(call.IsComplete));
    }

    private static JsonElement Piece(string json) => JsonDocument.Parse(json).RootElement;
}
