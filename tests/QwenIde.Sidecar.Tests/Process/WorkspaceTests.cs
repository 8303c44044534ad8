using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.Tests.Process;

/// <summary>What the editor is told about the workspace, good or bad.</summary>
public sealed class WorkspaceTests
{
    [Fact]
    public async Task A_workspace_goes_from_loading_to_ready_and_says_what_it_holds()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        Assert.Equal(WorkspaceState.Loading, (await editor.StatusAsync(_ => true)).State);
        WorkspaceStatus status = await editor.ReadyAsync();
        Assert.Equal(folder.Root, status.Target);
        Assert.Equal(WorkspaceStage.ProjectFiles, status.Stage);
        Assert.False(status.Trusted);
        Assert.Contains("SDK", status.Roslyn, StringComparison.Ordinal);
        ProjectStatus project = Assert.Single(status.Projects);
        Assert.Equal(("Laden", "net10.0", 1), (project.Name, project.TargetFramework, project.Documents));
        Assert.Equal(folder.PathOf("Laden/Laden.csproj"), project.Path);
        await editor.Refreshes.WaitAsync(editor.Patience);
        WorkspaceStatus described = await editor.Peer.RequestAsync(
            QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, editor.Patience);
        Assert.Equal(status.Message, described.Message);
    }

    [Fact]
    public async Task Diagnostics_and_watchers_are_registered_where_the_editor_can()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        await editor.ShutDownAsync();
        Assert.Equal(
            ["textDocument/diagnostic", "workspace/didChangeWatchedFiles"],
            editor.Registrations.SelectMany(parameters => parameters.Registrations).Select(registration => registration.Method));
    }

    [Fact]
    public async Task Our_diagnostics_are_not_registered_unless_wanted()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null, new InitializationOptions { Diagnostics = false });
        await editor.ShutDownAsync();
        Assert.DoesNotContain(
            editor.Registrations.SelectMany(parameters => parameters.Registrations),
            registration => registration.Method == "textDocument/diagnostic");
    }

    [Fact]
    public async Task Without_a_folder_there_is_nothing_to_open()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        WorkspaceStatus status = await editor.Peer.RequestAsync(
            QwenIdeMethods.DescribeWorkspace, RpcNothing.Value, editor.Patience);
        Assert.Equal((WorkspaceState.Empty, "No folder is open."), (status.State, status.Message));
    }

    [Fact]
    public async Task An_empty_folder_is_empty_until_a_project_appears()
    {
        using var folder = new TestFolder();
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        WorkspaceStatus status = await editor.StatusAsync(status => status.State != WorkspaceState.Loading);
        Assert.Equal(WorkspaceState.Empty, status.State);
        Assert.Contains("dotnet new", status.Message, StringComparison.Ordinal);

        folder.WithProject();
        await editor.Peer.NotifyAsync(
            LspMethods.DidChangeWatchedFiles,
            new DidChangeWatchedFilesParams
            {
                Changes = [new FileEvent { Uri = TestEditor.Identify(folder.PathOf("Laden/Laden.csproj")).Uri, Type = FileChangeType.Created }],
            },
            editor.Patience);
        Assert.Single((await editor.ReadyAsync()).Projects);
    }

    [Fact]
    public async Task A_solution_that_does_not_exist_is_said_by_name()
    {
        using var folder = new TestFolder();
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root, new InitializationOptions { Solution = "Weg.sln" });
        WorkspaceStatus status = await editor.StatusAsync(status => status.State == WorkspaceState.Failed);
        Assert.Contains(folder.PathOf("Weg.sln"), status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_project_is_named_and_the_others_are_served()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { int x = y; }");
        folder.Write("Kaputt/Kaputt.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        WorkspaceStatus status = await editor.ReadyAsync();
        Assert.Contains(status.Issues, issue => issue.Message.Contains("Kaputt.csproj", StringComparison.Ordinal));
        Assert.Contains(await editor.DiagnosticsAsync(path), diagnostic => diagnostic.Code.ToString() == "CS0103");
    }

    [Fact]
    public async Task Without_an_SDK_the_editor_is_served_by_our_own_Roslyn_and_told_what_to_install()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { System.Text.StringBuilder b = new(); int x = y; }");
        var empty = Directory.CreateDirectory(folder.PathOf("kein SDK")).FullName;
        await using TestEditor editor = await TestEditor.OpenAsync(
            folder.Root, configure: start => start.Environment["DOTNET_ROOT"] = empty);
        Assert.Contains("(bundled)", (await editor.ReadyAsync()).Roslyn, StringComparison.Ordinal);
        Assert.Equal("CS0103", Assert.Single(await editor.DiagnosticsAsync(path), IsError).Code.ToString());
        Assert.Contains(editor.Said, sentence =>
            sentence.Contains(empty, StringComparison.Ordinal) && sentence.Contains("install", StringComparison.Ordinal));
        Assert.Equal(0, await editor.ShutDownAsync());

        static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
    }

    [Fact]
    public async Task Loading_is_shown_as_progress_that_ends()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.ReadyAsync();
        await editor.ShutDownAsync();
        if (editor.Progress.IsEmpty)
            return; // it was ready before the editor had agreed to show anything
        Assert.IsType<WorkDoneProgressBegin>(editor.Progress.First());
        Assert.IsType<WorkDoneProgressEnd>(editor.Progress.Last());
    }

    [Fact]
    public async Task Opening_an_untrusted_folder_runs_nothing_of_it_and_leaves_no_trace()
    {
        using TestFolder folder = new TestFolder().WithProject(extra: "<Laden>$([System.IO.File]::WriteAllText('marker','x'))</Laden>");
        folder.Write("Laden/Korb.cs", "class Korb { }");
        folder.Write("global.json", """{"sdk":{"paths":[".evil"],"version":"10.0.100"}}""");
        string[] before = [.. Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories)];
        await using TestEditor editor = await TestEditor.OpenAsync(
            folder.Root, configure: start => start.WorkingDirectory = folder.Root);
        await editor.ReadyAsync();
        await editor.DiagnosticsAsync(folder.PathOf("Laden/Korb.cs"));
        if (OperatingSystem.IsLinux())
            Assert.NotEqual(folder.Root, new FileInfo($"/proc/{editor.Process.Id}/cwd").ResolveLinkTarget(false)!.FullName);
        await editor.ShutDownAsync();
        Assert.Equal(before, Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_trusted_workspace_gets_the_full_model()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { int x = y; }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.ReadyAsync();
        await editor.Peer.NotifyAsync(QwenIdeMethods.TrustWorkspace, new TrustParams { Trusted = true }, editor.Patience);
        WorkspaceStatus status = await editor.StatusAsync(status => status.Stage == WorkspaceStage.Msbuild);
        Assert.True(status.Trusted);
        Assert.Contains(await editor.DiagnosticsAsync(path), diagnostic => diagnostic.Code.ToString() == "CS0103");
    }
}
