using QwenIde.Workspace.Repairs;

namespace QwenIde.Workspace.Tests.Repairs;

public sealed class NameDistanceTests
{
    [Theory]
    [InlineData("count", "count", 0)]
    [InlineData("cuont", "count", 1)]
    [InlineData("coutn", "count", 1)]
    [InlineData("cont", "count", 1)]
    [InlineData("countt", "count", 1)]
    [InlineData("xount", "count", 1)]
    [InlineData("", "count", 5)]
    [InlineData("kitten", "sitting", 3)]
    public void Edits_count_swapped_neighbours_once(string from, string to, int edits) => Assert.Equal(edits, NameDistance.Edits(from, to));

    [Theory]
    [InlineData("HTTPClientFactory", "HTTP CLIENT FACTORY")]
    [InlineData("_orderLines", "ORDER LINES")]
    [InlineData("x", "X")]
    [InlineData("GetById2", "GET BY ID2")]
    public void Names_are_made_of_words(string name, string words) => Assert.Equal(words, string.Join(' ', NameDistance.Words(name)));

    [Theory]
    [InlineData("recieve", "receive", "retrieve")]
    [InlineData("Lenght", "Length", "Height")]
    [InlineData("FindUserById", "GetUserById", "DeleteUsers")]
    [InlineData("Size", "Count", "Sign")]
    [InlineData("name", "Name", "Named")]
    public void The_likelier_name_is_nearer(string wanted, string nearer, string further) =>
        Assert.True(NameDistance.Similarity(wanted, nearer) > NameDistance.Similarity(wanted, further));

    [Fact]
    public void Unlike_names_are_not_near_at_all() => Assert.Equal(0, NameDistance.Similarity("total", "zebra"));
}
