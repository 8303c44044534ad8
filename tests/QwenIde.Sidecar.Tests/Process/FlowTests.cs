using System.Text.Json;
using QwenIde.Protocol;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.Tests.Process;

/// <summary>From a red squiggle to a fix that compiles, over the wire.</summary>
public sealed class FlowTests
{
    private const string MissingUsing = "namespace Laden;\r\n\r\npublic class Korb\r\n{\r\n    public StringBuilder Größe = new();\r\n}\r\n";

    [Fact]
    public async Task A_squiggle_becomes_an_edit_after_which_it_is_gone()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Größe & Co.cs", MissingUsing, mark: true);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.OpenDocumentAsync(path, MissingUsing, version: 7);

        Diagnostic squiggle = Assert.Single(await editor.DiagnosticsAsync(path));
        Assert.Equal("CS0246", squiggle.Code.ToString());
        Assert.Equal(new LspRange(new LspPosition(4, 11), new LspPosition(4, 24)), squiggle.Range);
        Assert.Equal(DiagnosticSeverity.Error, squiggle.Severity);

        CodeAction action = (await editor.CodeActionsAsync(path, squiggle))[0];
        Assert.Equal(CodeActionKind.QuickFix, action.Kind);
        Assert.Equal([squiggle], action.Diagnostics);
        Assert.True(action.IsPreferred);
        Assert.Null(action.Edit);

        CodeAction resolved = await editor.ResolveAsync(action);
        TextDocumentEdit edit = Assert.Single(resolved.Edit!.DocumentChanges);
        Assert.Equal(DocumentUri.FromFilePath(path), edit.TextDocument.Uri);
        Assert.Equal(7, edit.TextDocument.Version);
        await editor.ChangeAsync(path, 8, AsChanges(edit));
        Assert.Empty(await editor.DiagnosticsAsync(path));
    }

    [Fact]
    public async Task The_command_lets_the_editor_make_the_edit()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        Diagnostic squiggle = Assert.Single(await editor.DiagnosticsAsync(path));
        CodeAction action = (await editor.CodeActionsAsync(path, squiggle))[0];

        await editor.Peer.RequestAsync(
            LspMethods.ExecuteCommand,
            new ExecuteCommandParams { Command = "qwenide.applyRepair", Arguments = [action.Data!.Value] },
            editor.Patience);

        ApplyWorkspaceEditParams applied = Assert.Single(editor.Applied);
        Assert.Equal(action.Title, applied.Label);
        TextDocumentEdit edit = Assert.Single(applied.Edit.DocumentChanges);
        Assert.Null(edit.TextDocument.Version); // the file is not open
    }

    [Fact]
    public async Task What_counts_is_the_editors_text_until_the_document_is_closed()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { }\n");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        Assert.Empty(await editor.DiagnosticsAsync(path));
        await editor.OpenDocumentAsync(path, "class Korb { }\n");
        await editor.ChangeAsync(path, 2, Insert(0, 13, "int Größe = \"viel\"; "));
        Assert.Equal("CS0029", Assert.Single(await editor.DiagnosticsAsync(path)).Code.ToString());
        await editor.CloseDocumentAsync(path);
        Assert.Empty(await editor.DiagnosticsAsync(path));
    }

    [Fact]
    public async Task An_edit_is_seen_by_every_question_that_follows_it()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.OpenDocumentAsync(path, "");
        await editor.ReadyAsync(); // questions that come before wait, and are answered from what is there then
        var answers = new List<Task<IReadOnlyList<Diagnostic>>>();
        for (var version = 2; version < 22; version++)
        {
            await editor.ChangeAsync(path, version, Insert(0, 0, $"class K{version} {{ Missing{version} f; }} "));
            answers.Add(editor.DiagnosticsAsync(path));
        }
        for (var index = 0; index < answers.Count; index++)
            Assert.Equal(index + 1, (await answers[index]).Count(diagnostic => diagnostic.Code.ToString() == "CS0246"));
    }

    [Fact]
    public async Task An_unchanged_solution_is_said_to_be_unchanged()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { }\n");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        var first = Assert.IsType<FullDocumentDiagnosticReport>(await editor.PullAsync(path));
        var second = Assert.IsType<UnchangedDocumentDiagnosticReport>(await editor.PullAsync(path, first.ResultId));
        Assert.Equal(first.ResultId, second.ResultId);
        await editor.OpenDocumentAsync(path, "class Korb { int x = y; }\n");
        Assert.NotEmpty(Assert.IsType<FullDocumentDiagnosticReport>(await editor.PullAsync(path, first.ResultId)).Items);
    }

    [Fact]
    public async Task A_repair_offered_before_an_unrelated_edit_still_applies_to_the_newer_text()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.OpenDocumentAsync(path, MissingUsing);
        CodeAction action = (await editor.CodeActionsAsync(path, Assert.Single(await editor.DiagnosticsAsync(path))))[0];
        await editor.ChangeAsync(path, 2, Insert(2, 0, "// moved down\r\n"));
        TextDocumentEdit edit = Assert.Single((await editor.ResolveAsync(action)).Edit!.DocumentChanges);
        Assert.Equal(2, edit.TextDocument.Version);
        await editor.ChangeAsync(path, 3, AsChanges(edit));
        Assert.Empty(await editor.DiagnosticsAsync(path));
    }

    [Fact]
    public async Task A_repair_whose_problem_is_gone_is_refused_as_stale()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.OpenDocumentAsync(path, MissingUsing);
        CodeAction action = (await editor.CodeActionsAsync(path, Assert.Single(await editor.DiagnosticsAsync(path))))[0];
        await editor.ChangeAsync(path, 2, Insert(0, 0, "using System.Text;\r\n"));
        RpcRemoteException refusal = await Assert.ThrowsAsync<RpcRemoteException>(() => editor.ResolveAsync(action));
        Assert.Equal(LspErrorCodes.ContentModified, refusal.Code);
    }

    [Fact]
    public async Task Questions_asked_while_the_solution_loads_wait_for_it_and_can_be_cancelled()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        var squiggle = new Diagnostic
        {
            Range = new LspRange(new LspPosition(4, 11), new LspPosition(4, 24)),
            Code = new NumberOrText("CS0246"),
            Message = "",
        };
        using var impatience = new CancellationTokenSource();
        Task<IReadOnlyList<CodeAction>> cancelled = editor.CodeActionsAsync(path, squiggle, impatience.Token);
        Task<IReadOnlyList<CodeAction>> patient = editor.CodeActionsAsync(path, squiggle);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.NotEmpty(await patient);
    }

    [Fact]
    public async Task Only_quick_fixes_are_offered_and_only_when_wanted()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        Diagnostic squiggle = Assert.Single(await editor.DiagnosticsAsync(path));
        Assert.Empty((await editor.Peer.RequestAsync(
            LspMethods.CodeAction,
            new CodeActionParams
            {
                TextDocument = TestEditor.Identify(path),
                Range = squiggle.Range,
                Context = new CodeActionContext { Diagnostics = [], Only = ["source.organizeImports"] },
            },
            editor.Patience))!);
    }

    [Fact]
    public async Task A_file_outside_of_the_solution_has_empty_answers()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        var stranger = folder.Write("fremd.cs", "class { oops");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root, new InitializationOptions { Solution = "Laden/Laden.csproj", Diagnostics = true });
        await editor.OpenDocumentAsync(stranger, "class { oops");
        Assert.Empty(await editor.DiagnosticsAsync(stranger));
        var untitled = new TextDocumentIdentifier { Uri = new DocumentUri("untitled:Untitled-1") };
        Assert.Empty(Assert.IsType<FullDocumentDiagnosticReport>(await editor.Peer.RequestAsync(
            LspMethods.Diagnostic, new DocumentDiagnosticParams { TextDocument = untitled }, editor.Patience)).Items);
    }

    [Fact]
    public async Task A_file_created_on_disk_counts_once_the_editor_tells()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", "class Korb { Neu? neu; }\n");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        Assert.Contains(await editor.DiagnosticsAsync(path), diagnostic => diagnostic.Code.ToString() == "CS0246");
        var created = folder.Write("Laden/Neu.cs", "class Neu { }\n");
        while (await editor.Refreshes.WaitAsync(0, editor.Patience))
        {
            // Refreshes of the load; the next one is the file's.
        }
        await editor.Peer.NotifyAsync(
            LspMethods.DidChangeWatchedFiles,
            new DidChangeWatchedFilesParams
            {
                Changes = [new FileEvent { Uri = DocumentUri.FromFilePath(created), Type = FileChangeType.Created }],
            },
            editor.Patience);
        await editor.Refreshes.WaitAsync(editor.Patience);
        Assert.DoesNotContain(await editor.DiagnosticsAsync(path), diagnostic => diagnostic.Code.ToString() == "CS0246");
    }

    [Fact]
    public async Task A_client_that_vanishes_in_the_middle_of_a_request_leaves_no_process()
    {
        using TestFolder folder = new TestFolder().WithProject();
        var path = folder.Write("Laden/Korb.cs", MissingUsing);
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.OpenDocumentAsync(path, MissingUsing);
        Task<DocumentDiagnosticReport> unanswered = editor.PullAsync(path);
        await editor.Peer.DisposeAsync();
        Assert.Equal(1, await editor.ExitAsync());
        Assert.DoesNotContain("Unhandled exception", editor.Log, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => unanswered);
    }

    [Fact]
    public async Task Data_that_names_no_repair_is_refused()
    {
        using TestFolder folder = new TestFolder().WithProject();
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        RpcRemoteException refusal = await Assert.ThrowsAsync<RpcRemoteException>(() => editor.ResolveAsync(
            new CodeAction { Title = "x", Data = JsonSerializer.SerializeToElement("mine") }));
        Assert.Equal(RpcErrorCodes.InvalidParams, refusal.Code);
    }

    private static TextDocumentContentChangeEvent Insert(int line, int character, string text) => new()
    {
        Range = new LspRange(new LspPosition(line, character), new LspPosition(line, character)),
        Text = text,
    };

    // The last first, so that each is measured in a text that the others have not moved yet.
    private static TextDocumentContentChangeEvent[] AsChanges(TextDocumentEdit edit) =>
        [.. edit.Edits.Reverse().Select(part => new TextDocumentContentChangeEvent { Range = part.Range, Text = part.NewText })];
}
