using QwenIde.Sidecar.Conversation;

namespace QwenIde.Sidecar.Tests.Conversation;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("Where is OrderService.PlaceAsync used?", new[] { "PlaceAsync" })]
    [InlineData("how does the basket compute OrderTotal?", new[] { "OrderTotal", "basket", "compute" })]
    [InlineData("What is this?", new string[0])]
    [InlineData("Größe oder Straße", new[] { "Größe", "oder", "Straße" })]
    public void Names_are_the_words_that_may_stand_in_code(string question, string[] expected) =>
        Assert.Equal(expected, Question.Names(question));
}
