namespace QwenIde.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md: who may know whom.</summary>
public sealed class ArrowTests
{
    // A new room is added here, with its arrows, when it is added to ARCHITECTURE.md.
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["QwenIde.Rpc"] = [],
        ["QwenIde.Protocol"] = ["QwenIde.Rpc"],
        ["QwenIde.Client"] = ["QwenIde.Protocol"],
        ["QwenIde.Workspace"] = [],
        ["QwenIde.Qwen"] = [],
        ["QwenIde.Inference"] = ["QwenIde.Qwen"],
        ["QwenIde.Export"] = ["QwenIde.Qwen"],
        ["QwenIde.Providers"] = ["QwenIde.Qwen"],
        ["QwenIde.Sidecar"] =
        [
            "QwenIde.Export", "QwenIde.Inference", "QwenIde.Protocol", "QwenIde.Providers", "QwenIde.Qwen", "QwenIde.Workspace",
        ],
    };

    public static TheoryData<string> Rooms => [.. Arrows.Keys];

    [Fact]
    public void Every_room_has_its_arrows() =>
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), Repository.Rooms.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_references_what_its_arrows_say(string room) =>
        Assert.Equal(Arrows[room], Repository.ReferencesOf(room));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void What_is_compiled_reaches_no_further(string room)
    {
        using var assembly = new RoomAssembly(room);
        var reachable = Reachable(room);
        Assert.All(
            assembly.References.Where(name => name == "qwenide" || name.StartsWith("QwenIde.", StringComparison.Ordinal)),
            name => Assert.Contains(name, reachable));
    }

    private static HashSet<string> Reachable(string room) =>
        [.. Arrows[room].SelectMany(below => Reachable(below).Append(below))];
}
