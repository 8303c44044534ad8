using System.Text;
using System.Text.Json;

namespace QwenIde.Sidecar.Tests.Process;

public sealed class FixTests
{
    private const string MissingUsing = "namespace Laden;\r\n\r\npublic class Korb\r\n{\r\n    public StringBuilder Größe = new();\r\n}\r\n";

    [Fact]
    public async Task A_solution_without_errors_ends_with_zero()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("No errors.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_is_shown_as_a_diff_and_nothing_is_written()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Laden/Korb.cs:5:12: error CS0246", result.Output, StringComparison.Ordinal);
        Assert.Contains("+++ b/Laden/Korb.cs", result.Output, StringComparison.Ordinal);
        Assert.Contains("+using System.Text;", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Equal(MissingUsing, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Applied_repairs_keep_the_mark_and_the_line_endings_and_end_with_zero()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Größe & Co.cs", MissingUsing, mark: true);
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root, "--apply");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Wrote 1 file; 0 problems remain.", result.Output, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.Contains("using System.Text;\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Equal(0, (await QwenIdeProgram.RunAsync("fix", folder.Root)).ExitCode);
    }

    [Fact]
    public async Task Several_errors_are_repaired_one_upon_the_other()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/A.cs", "class A { StringBuilder x = new(); StringBuilder y = new(); List<int> z = []; }\n");
        folder.Write("Laden/B.cs", "class B { int M() { return 1 } }\n");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root, "--apply");
        Assert.Contains("goes with another repair", result.Output, StringComparison.Ordinal);
        Assert.Contains("Wrote 2 files; 0 problems remain.", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_repaired_is_said_and_ends_with_one()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "#error by hand\nclass Korb { }\n");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root, "--apply");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no repair is known to compile", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machine_readable_report_has_the_documented_shape()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root, "--json");
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        using JsonDocument report = JsonDocument.Parse(result.Output);
        JsonElement root = report.RootElement;
        Assert.Equal(
            ["format", "target", "stage", "roslyn", "trusted", "applied", "projects", "issues", "problems", "changedFiles", "summary"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal("projectFiles", root.GetProperty("stage").GetString());
        JsonElement problem = Assert.Single(root.GetProperty("problems").EnumerateArray());
        Assert.Equal(
            ["id", "severity", "message", "project", "path", "line", "column", "outcome", "repairs"],
            problem.EnumerateObject().Select(property => property.Name));
        Assert.Equal("repaired", problem.GetProperty("outcome").GetString());
        Assert.Equal((5, 12), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.Contains("+using System.Text;\n", problem.GetProperty("repairs")[0].GetProperty("diff").GetString(), StringComparison.Ordinal);
        Assert.Equal([path], root.GetProperty("changedFiles").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(1, root.GetProperty("summary").GetProperty("problems").GetInt32());
    }

    [Fact]
    public async Task Only_the_named_diagnostics_are_touched()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/A.cs", "class A\n{\n    StringBuilder x = new();\n    int M()\n    {\n        return 1\n    }\n}\n");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root, "--apply", "--only", "cs1002");
        Assert.Equal(0, result.ExitCode);
        var text = await File.ReadAllTextAsync(folder.PathOf("Laden/A.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("return 1;\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("using", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_files_do_not_reach_the_terminal()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { StringBuilder x = new(); } // \u001b]0;gotcha\u0007 \u202e\n");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root);
        Assert.Contains(@"// \u{1B}]0;gotcha\u{07} \u{202E}", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\u202e', result.Output);
    }

    [Theory]
    [InlineData("weg.sln", "does not exist")]
    [InlineData("notes.txt", "neither a solution")]
    public async Task What_is_no_solution_is_refused_with_a_sentence(string name, string expected)
    {
        using var folder = new TestFolder();
        folder.Write("notes.txt", "hello");
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.PathOf(name));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_refused_with_a_sentence()
    {
        using var folder = new TestFolder();
        ProgramResult result = await QwenIdeProgram.RunAsync("fix", folder.Root);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("dotnet new", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_SDK_it_runs_on_its_own_Roslyn_and_says_what_to_install()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", MissingUsing);
        var start = QwenIdeProgram.StartInfo("fix", folder.Root, "--apply");
        start.Environment["DOTNET_ROOT"] = Directory.CreateDirectory(folder.PathOf("leer")).FullName;
        ProgramResult result = await QwenIdeProgram.RunAsync(start);
        Assert.Contains("No .NET SDK 10 or later was found", result.Error, StringComparison.Ordinal);
        Assert.Contains("(bundled)", result.Output, StringComparison.Ordinal);
        Assert.Contains("Wrote 1 file; 0 problems remain.", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }
}
