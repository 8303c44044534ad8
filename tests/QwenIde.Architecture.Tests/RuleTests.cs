namespace QwenIde.Architecture.Tests;

/// <summary>What a room must not know or do.</summary>
public sealed class RuleTests
{
    private const string Sidecar = "QwenIde.Sidecar";

    public static TheoryData<string> AllRooms => [.. Repository.Rooms.Keys];

    public static TheoryData<string> Libraries => [.. Repository.Rooms.Keys.Where(room => room != Sidecar)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Only_the_sidecar_reads_environment_variables(string room)
    {
        using var assembly = new RoomAssembly(room);
        Assert.DoesNotContain(assembly.UsedMembers, IsEnvironmentVariable);
    }

    [Fact]
    public void The_sidecar_reads_them_in_one_place()
    {
        var readers = Repository.SourcesOf(Sidecar)
            .Where(path => File.ReadAllText(path).Contains("EnvironmentVariable(", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path));
        Assert.Equal(["Surroundings.cs"], readers);
        using var assembly = new RoomAssembly(Sidecar);
        Assert.Contains(assembly.UsedMembers, IsEnvironmentVariable); // the rule above can see what it forbids
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Only_the_sidecar_writes_to_the_console(string room)
    {
        using var assembly = new RoomAssembly(room);
        Assert.DoesNotContain("System.Console", assembly.UsedTypes);
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Only_the_client_starts_processes(string room)
    {
        using var assembly = new RoomAssembly(room);
        if (room == "QwenIde.Client")
            Assert.Contains("System.Diagnostics.Process.Start", assembly.UsedMembers);
        else
            Assert.DoesNotContain("System.Diagnostics.Process.Start", assembly.UsedMembers);
    }

    [Fact]
    public void The_workspace_speaks_in_plain_records()
    {
        // It may read JSON files; what it says to others is neither JSON nor any protocol's.
        using var workspace = new RoomAssembly("QwenIde.Workspace");
        Assert.DoesNotContain(workspace.PublicSignatureTypes(), type => type.StartsWith("System.Text.Json", StringComparison.Ordinal));
        Assert.DoesNotContain("System.IO.Pipelines", workspace.References);
    }

    [Fact]
    public void Roslyn_stays_inside_the_workspace()
    {
        using var workspace = new RoomAssembly("QwenIde.Workspace");
        Assert.Contains(workspace.References, IsRoslyn);
        Assert.DoesNotContain(workspace.PublicSignatureTypes(), IsRoslyn);
        Assert.All(Repository.Rooms.Keys.Where(room => room != "QwenIde.Workspace"), room =>
        {
            using var assembly = new RoomAssembly(room);
            Assert.DoesNotContain(assembly.References, IsRoslyn);
        });
    }

    [Fact]
    public void No_Roslyn_is_shipped_beside_the_sidecar() =>
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.CodeAnalysis*.dll"));

    [Theory]
    [InlineData("QwenIde.Rpc")]
    [InlineData("QwenIde.Protocol")]
    [InlineData("QwenIde.Client")]
    public void What_front_ends_share_needs_no_package_beyond_the_framework(string room) =>
        Assert.Subset(
            new HashSet<string>(StringComparer.Ordinal) { "System.IO.Pipelines", "Microsoft.Extensions.Logging.Abstractions" },
            Repository.PackagesOf(room).ToHashSet(StringComparer.Ordinal));

    private static bool IsEnvironmentVariable(string member) =>
        member.StartsWith("System.Environment.", StringComparison.Ordinal)
        && member.Contains("EnvironmentVariable", StringComparison.Ordinal);

    private static bool IsRoslyn(string name) => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal);
}
