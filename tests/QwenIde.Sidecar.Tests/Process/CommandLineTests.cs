using System.Text.Json;

namespace QwenIde.Sidecar.Tests.Process;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_version_is_a_number()
    {
        ProgramResult result = await QwenIdeProgram.RunAsync("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", result.Output);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("fix", "--oops")]
    [InlineData("fix", ".", "--only", "everything")]
    [InlineData("serve", "--stdio", "--parent-pid", "x")]
    [InlineData("dance")]
    public async Task What_it_does_not_understand_ends_with_two_and_a_sentence(params string[] arguments)
    {
        ProgramResult result = await QwenIdeProgram.RunAsync(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_this_machine_fit()
    {
        ProgramResult result = await QwenIdeProgram.RunAsync("doctor", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using JsonDocument report = JsonDocument.Parse(result.Output);
        Dictionary<string, string> states = report.RootElement.GetProperty("findings").EnumerateArray().ToDictionary(
            finding => finding.GetProperty("name").GetString()!, finding => finding.GetProperty("state").GetString()!);
        Assert.Equal("ok", states["SDK"]);
        Assert.Equal("ok", states["Roslyn"]);
        Assert.Subset(new HashSet<string> { "ok", "warn", "missing", "unknown" }, states.Values.ToHashSet());
    }

    [Fact]
    public async Task The_doctor_says_what_to_do_about_a_missing_SDK()
    {
        using var folder = new TestFolder();
        var start = QwenIdeProgram.StartInfo("doctor");
        start.Environment["DOTNET_ROOT"] = folder.Root;
        ProgramResult result = await QwenIdeProgram.RunAsync(start);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("missing  SDK", result.Output, StringComparison.Ordinal);
        Assert.Contains("Install the .NET SDK 10 or later", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_ends_with_130_and_writes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { StringBuilder x = new(); }\n");
        using var process = System.Diagnostics.Process.Start(QwenIdeProgram.StartInfo("fix", folder.Root, "--apply"))!;
        // The first line stands when the solution is open; the compile that follows takes far longer than the signal.
        Assert.Equal(folder.Root, await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("using", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
