using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QwenIde.Protocol.Extensions;
using QwenIde.Protocol.Lsp;

namespace QwenIde.Protocol.Tests;

public sealed class LspMessageTests
{
    [Fact]
    public void What_vscode_says_at_the_beginning_is_understood()
    {
        var json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "initialize.json"));
        var hello = JsonSerializer.Deserialize(json, LspMethods.Initialize.Params)!;

        Assert.Equal(4711, hello.ProcessId);
        Assert.Equal(("Visual Studio Code", "1.110.0"), (hello.ClientInfo?.Name, hello.ClientInfo?.Version));
        Assert.Equal("file:///c%3A/Users/Zo%C3%AB/My%20Shop", Assert.Single(hello.WorkspaceFolders!).Uri.Text);
        Assert.Equal(
            new InitializationOptions { Trusted = true, Solution = "Shop.sln", Diagnostics = true },
            InitializationOptions.Read(hello.InitializationOptions));

        var capabilities = hello.Capabilities;
        Assert.True(capabilities.Workspace?.ApplyEdit);
        Assert.True(capabilities.Workspace?.WorkspaceEdit?.DocumentChanges);
        Assert.True(capabilities.Workspace?.Diagnostics?.RefreshSupport);
        Assert.True(capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration);
        Assert.True(capabilities.TextDocument?.Diagnostic?.DynamicRegistration);
        Assert.True(capabilities.TextDocument?.CodeAction?.DataSupport);
        Assert.Contains("edit", capabilities.TextDocument?.CodeAction?.ResolveSupport?.Properties!);
        Assert.True(capabilities.Window?.WorkDoneProgress);
        Assert.Equal(["utf-16"], capabilities.General?.PositionEncodings);
    }

    [Theory]
    [InlineData("""{"processId":null,"rootUri":null,"capabilities":{},"workspaceFolders":null}""")]
    [InlineData("""{"capabilities":{},"initializationOptions":null}""")]
    [InlineData("""{"capabilities":{},"initializationOptions":"something else"}""")]
    public void The_least_that_a_client_may_say_is_enough(string json)
    {
        var hello = JsonSerializer.Deserialize(json, LspMethods.Initialize.Params)!;
        Assert.Null(hello.ProcessId);
        Assert.Equal(new InitializationOptions(), InitializationOptions.Read(hello.InitializationOptions));
    }

    [Fact]
    public void The_answer_to_initialize_reads_as_the_protocol_has_it() => AssertWrites(
        """
        {"capabilities":{"positionEncoding":"utf-16",
          "textDocumentSync":{"openClose":true,"change":2,"save":{"includeText":false}},
          "codeActionProvider":{"codeActionKinds":["quickfix"],"resolveProvider":true},
          "diagnosticProvider":{"identifier":"qwenide","interFileDependencies":true,"workspaceDiagnostics":false},
          "executeCommandProvider":{"commands":["qwenide.applyRepair"]},
          "experimental":{"qwenide":{"acpVersion":1}}},
         "serverInfo":{"name":"qwenide","version":"0.1.0"}}
        """,
        new InitializeResult
        {
            Capabilities = new ServerCapabilities
            {
                PositionEncoding = PositionEncodingKind.Utf16,
                TextDocumentSync = new TextDocumentSyncOptions { OpenClose = true, Change = TextDocumentSyncKind.Incremental, Save = new SaveOptions() },
                CodeActionProvider = new CodeActionOptions { CodeActionKinds = [CodeActionKind.QuickFix], ResolveProvider = true },
                DiagnosticProvider = new DiagnosticOptions { Identifier = "qwenide", InterFileDependencies = true },
                ExecuteCommandProvider = new ExecuteCommandOptions { Commands = ["qwenide.applyRepair"] },
                Experimental = new ExperimentalCapabilities { QwenIde = new QwenIdeCapabilities { AcpVersion = 1 } }.ToJson(),
            },
            ServerInfo = new ImplementationInfo { Name = "qwenide", Version = "0.1.0" },
        },
        LspMethods.Initialize.Result);

    /// <summary>Messages as VS Code's client sends them, read and written again.</summary>
    public static TheoryData<string, string> Sent => new()
    {
        { "textDocument/didOpen", """{"textDocument":{"uri":"file:///c%3A/Shop/Cart.cs","languageId":"csharp","version":1,"text":"class Ü { }\r\n"}}""" },
        { "textDocument/didChange", """{"textDocument":{"uri":"file:///a.cs","version":7},"contentChanges":[{"range":{"start":{"line":3,"character":4},"end":{"line":3,"character":9}},"text":"x"},{"text":"all"}]}""" },
        { "textDocument/didSave", """{"textDocument":{"uri":"file:///a.cs"},"text":"all"}""" },
        { "textDocument/didSave", """{"textDocument":{"uri":"file:///a.cs"}}""" },
        { "textDocument/didClose", """{"textDocument":{"uri":"file:///a.cs"}}""" },
        { "workspace/didChangeWatchedFiles", """{"changes":[{"uri":"file:///a.cs","type":1},{"uri":"file:///b.cs","type":3}]}""" },
        { "textDocument/diagnostic", """{"textDocument":{"uri":"file:///a.cs"},"identifier":"qwenide","previousResultId":"7"}""" },
        { "textDocument/codeAction", """{"textDocument":{"uri":"file:///a.cs"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":4}},"context":{"diagnostics":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":4}},"severity":1,"code":"CS0246","source":"csharp","message":"The type or namespace name 'X' could not be found","tags":[1],"data":{"any":[1,"x"]}},{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"code":42,"message":"a number for a code"}],"only":["quickfix"],"triggerKind":1}}""" },
        { "codeAction/resolve", """{"title":"using System.Text;","kind":"quickfix","isPreferred":true,"data":{"version":7,"repair":"a"}}""" },
        { "workspace/executeCommand", """{"command":"qwenide.applyRepair","arguments":[{"version":7},null]}""" },
        { "window/workDoneProgress/cancel", """{"token":"load"}""" },
        { "window/workDoneProgress/cancel", """{"token":7}""" },
        { "$/setTrace", """{"value":"verbose"}""" },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void What_vscode_sends_is_read_and_written_without_loss(string method, string json)
    {
        switch (method)
        {
            case "textDocument/didOpen": AssertRoundTrip(json, LspMethods.DidOpen.Params); break;
            case "textDocument/didChange": AssertRoundTrip(json, LspMethods.DidChange.Params); break;
            case "textDocument/didSave": AssertRoundTrip(json, LspMethods.DidSave.Params); break;
            case "textDocument/didClose": AssertRoundTrip(json, LspMethods.DidClose.Params); break;
            case "workspace/didChangeWatchedFiles": AssertRoundTrip(json, LspMethods.DidChangeWatchedFiles.Params); break;
            case "textDocument/diagnostic": AssertRoundTrip(json, LspMethods.Diagnostic.Params); break;
            case "textDocument/codeAction": AssertRoundTrip(json, LspMethods.CodeAction.Params); break;
            case "codeAction/resolve": AssertRoundTrip(json, LspMethods.CodeActionResolve.Params); break;
            case "workspace/executeCommand": AssertRoundTrip(json, LspMethods.ExecuteCommand.Params); break;
            case "window/workDoneProgress/cancel": AssertRoundTrip(json, LspMethods.WorkDoneProgressCancel.Params); break;
            case "$/setTrace": AssertRoundTrip(json, LspMethods.SetTrace.Params); break;
            default: Assert.Fail(method); break;
        }
    }

    [Fact]
    public void Unknown_properties_are_passed_over()
    {
        var saved = JsonSerializer.Deserialize(
            """{"new":{"in":[3.18]},"textDocument":{"uri":"file:///a.cs","more":true}}""", LspMethods.DidSave.Params)!;
        Assert.Equal("file:///a.cs", saved.TextDocument.Uri.Text);
    }

    [Theory]
    [InlineData("""{"textDocument":{}}""", "uri")]
    [InlineData("""{}""", "textDocument")]
    [InlineData("""{"textDocument":{"uri":7}}""", "$.textDocument.uri")]
    public void What_is_missing_or_unfit_is_named(string json, string named)
    {
        var unfit = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, LspMethods.DidSave.Params));
        Assert.Contains(named, unfit.Message + unfit.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_are_told_apart_by_their_kind()
    {
        var range = new LspRange(new LspPosition(1, 2), new LspPosition(1, 5));
        AssertWrites(
            """{"kind":"full","resultId":"7","items":[{"range":{"start":{"line":1,"character":2},"end":{"line":1,"character":5}},"severity":1,"code":"CS0246","message":"What is 'X'?"}]}""",
            new FullDocumentDiagnosticReport
            {
                ResultId = "7",
                Items = [new Diagnostic { Range = range, Severity = DiagnosticSeverity.Error, Code = "CS0246", Message = "What is 'X'?" }],
            },
            LspMethods.Diagnostic.Result);
        AssertWrites("""{"kind":"unchanged","resultId":"7"}""", new UnchangedDocumentDiagnosticReport { ResultId = "7" }, LspMethods.Diagnostic.Result);
        AssertRoundTrip("""{"resultId":"7","items":[],"kind":"full"}""", LspMethods.Diagnostic.Result);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"kind":"partial"}""", LspMethods.Diagnostic.Result));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"items":[]}""", LspMethods.Diagnostic.Result));
    }

    [Fact]
    public void Progress_begins_reports_and_ends()
    {
        AssertWrites(
            """{"token":"load","value":{"kind":"begin","title":"Loading Shop.sln","cancellable":true,"percentage":0}}""",
            new ProgressParams { Token = "load", Value = new WorkDoneProgressBegin { Title = "Loading Shop.sln", Cancellable = true, Percentage = 0 } },
            LspMethods.Progress.Params);
        AssertRoundTrip("""{"token":7,"value":{"kind":"report","message":"3 of 4 projects","percentage":75}}""", LspMethods.Progress.Params);
        AssertRoundTrip("""{"token":"load","value":{"kind":"end","message":"4 projects"}}""", LspMethods.Progress.Params);
    }

    [Fact]
    public void An_edit_of_a_file_that_is_not_open_says_that_its_version_is_null() => AssertWrites(
        """
        {"label":"using System.Text;","edit":{"documentChanges":[{"textDocument":{"uri":"file:///a.cs","version":null},
          "edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"newText":"using System.Text;\r\n"}]}]}}
        """,
        new ApplyWorkspaceEditParams
        {
            Label = "using System.Text;",
            Edit = new WorkspaceEdit
            {
                DocumentChanges =
                [
                    new TextDocumentEdit
                    {
                        TextDocument = new OptionalVersionedTextDocumentIdentifier { Uri = new DocumentUri("file:///a.cs") },
                        Edits = [new TextEdit { Range = default, NewText = "using System.Text;\r\n" }],
                    },
                ],
            },
        },
        LspMethods.ApplyEdit.Params);

    [Fact]
    public void Abilities_are_registered_and_taken_back()
    {
        AssertRoundTrip(
            """{"registrations":[{"id":"d","method":"textDocument/diagnostic","registerOptions":{"documentSelector":[{"language":"csharp","scheme":"file"}],"identifier":"qwenide","interFileDependencies":true,"workspaceDiagnostics":false}}]}""",
            LspMethods.RegisterCapability.Params);
        AssertWrites(
            """{"documentSelector":[{"language":"csharp","scheme":"file"}],"identifier":"qwenide","interFileDependencies":true,"workspaceDiagnostics":false}""",
            new DiagnosticRegistrationOptions { DocumentSelector = [new DocumentFilter { Language = "csharp", Scheme = "file" }], Identifier = "qwenide", InterFileDependencies = true },
            LspJson.Default.DiagnosticRegistrationOptions);
        AssertWrites(
            """{"watchers":[{"globPattern":"**/*.cs"}]}""",
            new DidChangeWatchedFilesRegistrationOptions { Watchers = [new FileSystemWatcherOptions { GlobPattern = "**/*.cs" }] },
            LspJson.Default.DidChangeWatchedFilesRegistrationOptions);
        AssertRoundTrip("""{"unregisterations":[{"id":"d","method":"textDocument/diagnostic"}]}""", LspMethods.UnregisterCapability.Params);
    }

    internal static void AssertRoundTrip<T>(string json, JsonTypeInfo<T> type) =>
        AssertWrites(json, JsonSerializer.Deserialize(json, type)!, type);

    internal static void AssertWrites<T>(string json, T value, JsonTypeInfo<T> type)
    {
        using var expected = JsonDocument.Parse(json);
        var written = JsonSerializer.SerializeToElement(value, type);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, written), $"Expected {json}\nwritten  {written.GetRawText()}");
    }
}
