using System.Text.Json;
using QwenIde.Qwen.Prompting;
using QwenIde.Qwen.ToolCalls.Schemas;

namespace QwenIde.Qwen.Tests.ToolCalls;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", JsonTypes.Integer)]
    [InlineData("""{"type":["integer","null"]}""", JsonTypes.Integer | JsonTypes.Null)]
    [InlineData("""{"type":"string","nullable":true}""", JsonTypes.String | JsonTypes.Null)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"oneOf":[{"type":"string"},{"type":"null"}]}]}""", JsonTypes.Integer | JsonTypes.String | JsonTypes.Null)]
    [InlineData("""{"allOf":[{"type":["string","integer"]},{"type":["integer","null"]}]}""", JsonTypes.Integer)]
    [InlineData("""{"allOf":[{"type":"number"},{"type":"integer"}]}""", JsonTypes.Integer)]
    [InlineData("""{"allOf":[{"type":"number"},{"type":"number"}]}""", JsonTypes.Number)]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""", JsonTypes.None)]
    [InlineData("""{"enum":["a",1,null]}""", JsonTypes.String | JsonTypes.Integer | JsonTypes.Null)]
    [InlineData("""{"const":true}""", JsonTypes.Boolean)]
    [InlineData("""{"properties":{"a":{}}}""", JsonTypes.Object)]
    [InlineData("""{"items":{"type":"string"}}""", JsonTypes.Array)]
    [InlineData("""{"type":"float"}""", JsonTypes.Number)]
    [InlineData("""{"type":"whatever"}""", JsonTypes.Any)]
    [InlineData("""{}""", JsonTypes.Any)]
    [InlineData("""true""", JsonTypes.Any)]
    [InlineData("""false""", JsonTypes.None)]
    [InlineData("""{"$ref":"#/nowhere"}""", JsonTypes.Any)]
    [InlineData("""{"$ref":"https://example.org/schema"}""", JsonTypes.Any)]
    public void A_schema_says_which_types_it_allows(string schema, JsonTypes types) => Assert.Equal(types, ValueOf(schema).Types);

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"description":"x"}""", true)]
    [InlineData("""{"type":"string"}""", true)]
    [InlineData("""{"type":"string","enum":["a"]}""", true)]
    [InlineData("""{"type":["string","null"]}""", false)]
    [InlineData("""{"type":"integer"}""", false)]
    public void A_value_is_text_if_it_can_only_be_a_string_or_has_no_type(string schema, bool isText) =>
        Assert.Equal(isText, ValueOf(schema).IsText);

    [Fact]
    public void References_are_followed_with_their_escapes()
    {
        var tool = Tool(
            """
            {"type":"object","properties":{"v":{"$ref":"#/$defs/a~1b%20~0c"}},"$defs":{"a/b ~c":{"type":"boolean"}}}
            """);
        Assert.Equal(JsonTypes.Boolean, tool.ValueOf("v").Types);
    }

    [Fact]
    public void A_schema_within_itself_is_one_object()
    {
        var tree = Tool(
            """
            {"type":"object","properties":{"v":{"$ref":"#/$defs/node"}},
             "$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}}}
            """).ValueOf("v");
        var next = Assert.Single(Assert.Single(tree.Shapes).Properties).Value;
        Assert.Same(next, Assert.Single(Assert.Single(next.Shapes).Properties).Value);
    }

    [Theory]
    [InlineData("""{"$ref":"#/properties/v"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/properties/v"}]}""")]
    [InlineData("""{"allOf":[{"$ref":"#/properties/v/allOf/0"}]}""")]
    public void A_reference_that_leads_only_to_itself_says_nothing(string schema) => Assert.Equal(JsonTypes.Any, ValueOf(schema).Types);

    [Fact]
    public void Parts_of_allOf_hold_together()
    {
        var shape = Assert.Single(ValueOf(
            """
            {"type":"object",
             "allOf":[{"properties":{"a":{"type":["string","integer"]}},"required":["a"]},
                      {"properties":{"a":{"type":["integer","null"]},"b":{}},"additionalProperties":false}]}
            """).Shapes);
        Assert.Equal(["a", "b"], shape.Properties.Select(property => property.Name));
        Assert.Equal(JsonTypes.Integer, shape.Properties[0].Value.Types);
        Assert.Equal([true, false], shape.Properties.Select(property => property.IsRequired));
        Assert.False(shape.AllowsOtherProperties);
    }

    [Fact]
    public void Alternatives_keep_their_own_limits()
    {
        var shapes = ValueOf(
            """
            {"anyOf":[{"type":"string","enum":["low","high"]},{"type":"string","minLength":2,"maxLength":9,"pattern":"^x"},{"type":"array","items":{"type":"integer"}}]}
            """).Shapes;
        Assert.Equal(3, shapes.Length);
        Assert.Equal(["low", "high"], shapes[0].Values.Select(value => value.GetString()));
        Assert.Equal((2, 9, "^x"), (shapes[1].MinLength, shapes[1].MaxLength, Assert.Single(shapes[1].Patterns)));
        Assert.Equal(JsonTypes.Integer, shapes[2].Items!.Types);
    }

    [Fact]
    public void Enumerations_that_exclude_each_other_allow_nothing() =>
        Assert.Empty(ValueOf("""{"allOf":[{"enum":["a","b"]},{"enum":["c"]}]}""").Shapes);

    [Fact]
    public void A_product_of_many_alternatives_stays_small()
    {
        var choice = $$"""{"anyOf":[{{string.Join(',', Enumerable.Range(0, 30).Select(i => $$$"""{"type":"string","minLength":{{{i}}}}"""))}}]}""";
        var value = ValueOf($$"""{"allOf":[{{choice}},{{choice}},{{choice}},{{choice}}]}""");
        Assert.Equal(JsonTypes.String, value.Types);
        Assert.InRange(value.Shapes.Length, 1, 32);
    }

    [Fact]
    public void A_tool_knows_its_parameters()
    {
        var tool = Tool("""{"type":"object","properties":{"path":{"type":"string"},"limit":{"type":"integer"}},"required":["path"],"additionalProperties":false}""");
        Assert.Equal(["path", "limit"], tool.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([true, false], tool.Parameters.Select(parameter => parameter.IsRequired));
        Assert.False(tool.AllowsOtherParameters);
        Assert.False(tool.AcceptsAnyKey);
        Assert.Null(tool.Find("other"));
        Assert.True(tool.ValueOf("other").IsText);
    }

    [Theory]
    [InlineData("""{"type":"object"}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":true}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":{"type":"string"}}""", true)]
    [InlineData("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""", false)]
    public void Any_key_is_accepted_where_none_is_declared_or_others_are_spoken_of(string parameters, bool accepts) =>
        Assert.Equal(accepts, Tool(parameters).AcceptsAnyKey);

    [Fact]
    public void Alternative_sets_of_parameters_are_one_set()
    {
        var tool = Tool(
            """
            {"anyOf":[{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"]},
                      {"type":"object","properties":{"a":{"type":"null"}},"required":["a"]}]}
            """);
        Assert.Equal(["a", "b"], tool.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(JsonTypes.String | JsonTypes.Null, tool.ValueOf("a").Types);
        Assert.Equal([true, false], tool.Parameters.Select(parameter => parameter.IsRequired));
    }

    private static ValueSchema ValueOf(string schema) => Tool($$$"""{"type":"object","properties":{"v":{{{schema}}}}}""").ValueOf("v");

    private static ToolSchema Tool(string parameters)
    {
        using var document = JsonDocument.Parse($$$"""{"name":"f","parameters":{{{parameters}}}}""");
        return ToolSchema.Of(ToolDefinition.Parse(document.RootElement));
    }
}
