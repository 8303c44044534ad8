using System.Runtime.Versioning;
using System.Text;
using QwenIde.Workspace.Tests.Loading;

namespace QwenIde.Workspace.Tests.Text;

public sealed class ChangeSetWriterTests : IAsyncLifetime
{
    private readonly TemporaryWorkspace _workspace = new("Größe & mehr");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _workspace.WriteProject("Shop");
        _workspace.Write("Shop/A.cs", "class A { }\n");
        _workspace.Write("Shop/B.cs", "class B { }\n");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task All_files_of_a_set_are_written()
    {
        var snapshot = (await _workspace.OpenAsync()).Current;

        await ChangeSetWriter.WriteAsync(Insert(snapshot, "/* x */ ", "Shop/A.cs", "Shop/B.cs"), snapshot, Token);

        Assert.Equal("/* x */ class A { }\n", await File.ReadAllTextAsync(_workspace.At("Shop/A.cs"), Token));
        Assert.Equal("/* x */ class B { }\n", await File.ReadAllTextAsync(_workspace.At("Shop/B.cs"), Token));
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task Mark_line_endings_and_all_other_bytes_stay()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "class A\r\n{\n}\r"u8];
        await File.WriteAllBytesAsync(_workspace.At("Shop/A.cs"), bytes, Token);
        var snapshot = (await _workspace.OpenAsync()).Current;

        await ChangeSetWriter.WriteAsync(Insert(snapshot, "internal ", "Shop/A.cs"), snapshot, Token);

        byte[] expected = [0xEF, 0xBB, 0xBF, .. "internal "u8, .. bytes[3..]];
        Assert.Equal(expected, await File.ReadAllBytesAsync(_workspace.At("Shop/A.cs"), Token));
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_stops_the_whole_set()
    {
        var snapshot = (await _workspace.OpenAsync()).Current;
        _workspace.Write("Shop/B.cs", "class B { int theirs; }\n");

        var refusal = await Assert.ThrowsAsync<ChangeSetConflictException>(() =>
            ChangeSetWriter.WriteAsync(Insert(snapshot, "/* x */ ", "Shop/A.cs", "Shop/B.cs"), snapshot, Token));

        Assert.Contains("B.cs has changed since", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("class A { }\n", await File.ReadAllTextAsync(_workspace.At("Shop/A.cs"), Token));
        Assert.Equal("class B { int theirs; }\n", await File.ReadAllTextAsync(_workspace.At("Shop/B.cs"), Token));
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task Text_that_the_encoding_cannot_hold_is_refused()
    {
        await File.WriteAllBytesAsync(_workspace.At("Shop/A.cs"), Encoding.Latin1.GetBytes("class A { } // für\n"), Token);
        var snapshot = (await _workspace.OpenAsync()).Current;

        var refusal = await Assert.ThrowsAsync<ChangeSetConflictException>(() =>
            ChangeSetWriter.WriteAsync(Insert(snapshot, "/* 10 € */ ", "Shop/A.cs"), snapshot, Token));

        Assert.Contains("has no '€'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_for_another_version_is_stale()
    {
        var host = await _workspace.OpenAsync();
        var changes = Insert(host.Current, "/* x */ ", "Shop/A.cs");

        var newer = host.SetBuffer(_workspace.At("Shop/B.cs"), "class B { int mine; }\n");

        await Assert.ThrowsAsync<StaleChangeSetException>(() => ChangeSetWriter.WriteAsync(changes, newer, Token));
    }

    [Fact]
    public async Task A_read_only_file_is_named()
    {
        File.SetAttributes(_workspace.At("Shop/B.cs"), FileAttributes.ReadOnly);
        var snapshot = (await _workspace.OpenAsync()).Current;

        var refusal = await Assert.ThrowsAsync<ChangeSetConflictException>(() =>
            ChangeSetWriter.WriteAsync(Insert(snapshot, "/* x */ ", "Shop/A.cs", "Shop/B.cs"), snapshot, Token));

        Assert.Contains("B.cs is read-only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("class A { }\n", await File.ReadAllTextAsync(_workspace.At("Shop/A.cs"), Token));
        File.SetAttributes(_workspace.At("Shop/B.cs"), FileAttributes.Normal);
    }

    [Fact]
    public async Task A_symbolic_link_is_not_written_through()
    {
        var outside = Path.Combine(_workspace.Outside, "elsewhere.cs");
        var snapshot = (await _workspace.OpenAsync()).Current;
        var changes = Insert(snapshot, "/* x */ ", "Shop/A.cs");
        File.Move(_workspace.At("Shop/A.cs"), outside);
        File.CreateSymbolicLink(_workspace.At("Shop/A.cs"), outside);

        var refusal = await Assert.ThrowsAsync<ChangeSetConflictException>(() => ChangeSetWriter.WriteAsync(changes, snapshot, Token));

        Assert.Contains("symbolic link", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("class A { }\n", await File.ReadAllTextAsync(outside, Token));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Unix_permissions_stay()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There are none of this kind.");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_workspace.At("Shop/A.cs"), mode);
        var snapshot = (await _workspace.OpenAsync()).Current;

        await ChangeSetWriter.WriteAsync(Insert(snapshot, "/* x */ ", "Shop/A.cs"), snapshot, Token);

        Assert.Equal(mode, File.GetUnixFileMode(_workspace.At("Shop/A.cs")));
    }

    private ChangeSet Insert(SolutionSnapshot snapshot, string text, params string[] paths) => new(
        snapshot.Version, [.. paths.Select(path => new FileEdit(_workspace.At(path), [new TextEdit(default, text)]))]);

    private IEnumerable<string> Leftovers() => Directory.EnumerateFiles(_workspace.Root, "*.tmp", new EnumerationOptions
    {
        RecurseSubdirectories = true, AttributesToSkip = 0,
    });
}
