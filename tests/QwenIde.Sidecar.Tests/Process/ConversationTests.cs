using QwenIde.Protocol.Acp;
using QwenIde.Rpc;

namespace QwenIde.Sidecar.Tests.Process;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_question_is_answered_from_what_the_compiler_knows()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Größe & Co.cs", "namespace Laden;\n\npublic class WarenKorb\n{\n    int summe = fehlt;\n}\n");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        var session = await editor.NewSessionAsync(folder.Root);
        PromptResult result = await editor.PromptAsync(session, "Where is the WarenKorb?");
        Assert.Equal(StopReason.EndTurn, result.StopReason);
        var answer = string.Concat(await editor.AnswerAsync());
        Assert.Contains("`Laden.WarenKorb`", answer, StringComparison.Ordinal);
        Assert.Contains("/Laden/Gr%C3%B6%C3%9Fe%20%26%20Co.cs#L3,14)", answer, StringComparison.Ordinal);
        Assert.Contains("CS0103", answer, StringComparison.Ordinal);
        Assert.Contains("#L5,17)", answer, StringComparison.Ordinal);
        Assert.Contains(@"| net10\.0 | 1 | 1 | ", answer, StringComparison.Ordinal);
        Assert.Contains("No model is set up yet", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_is_streamed_in_pieces()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.PromptAsync(await editor.NewSessionAsync(folder.Root), "hello");
        Assert.InRange((await editor.AnswerAsync()).Count, 3, 100);
    }

    [Fact]
    public async Task Without_a_solution_the_answer_says_why()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        PromptResult result = await editor.PromptAsync(await editor.NewSessionAsync("/"), "What is this?");
        Assert.Equal(StopReason.EndTurn, result.StopReason);
        var answer = string.Concat(await editor.AnswerAsync());
        Assert.Contains("No folder is open", answer, StringComparison.Ordinal);
        Assert.Contains("No model is set up yet", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_can_be_cancelled_and_the_session_lives_on()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        var session = await editor.NewSessionAsync(folder.Root);
        Task<PromptResult> turn = editor.PromptAsync(session, "Korb?"); // the solution is still loading
        await editor.Peer.NotifyAsync(AcpMethods.Cancel, new CancelSessionParams { SessionId = session }, editor.Patience);
        Assert.Equal(StopReason.Cancelled, (await turn).StopReason);
        Assert.Equal(StopReason.EndTurn, (await editor.PromptAsync(session, "Korb?")).StopReason);
    }

    [Fact]
    public async Task A_second_question_at_once_is_refused()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "class Korb { }");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        var session = await editor.NewSessionAsync(folder.Root);
        Task<PromptResult> first = editor.PromptAsync(session, "Korb?"); // the solution is still loading
        RpcRemoteException refusal = await Assert.ThrowsAsync<RpcRemoteException>(() => editor.PromptAsync(session, "Korb?"));
        Assert.Equal(RpcErrorCodes.InvalidRequest, refusal.Code);
        Assert.Equal(StopReason.EndTurn, (await first).StopReason);
    }

    [Fact]
    public async Task A_session_that_does_not_exist_is_said_by_name()
    {
        await using TestEditor editor = await TestEditor.OpenAsync(folder: null);
        RpcRemoteException refusal = await Assert.ThrowsAsync<RpcRemoteException>(() => editor.PromptAsync("none", "x"));
        Assert.Equal(RpcErrorCodes.InvalidParams, refusal.Code);
        Assert.Contains("'none'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_files_contain_is_no_markup_in_the_answer()
    {
        using TestFolder folder = new TestFolder().WithProject();
        folder.Write("Laden/Korb.cs", "#error <img src=x onerror=alert(1)> [klick](command:rm)\n");
        await using TestEditor editor = await TestEditor.OpenAsync(folder.Root);
        await editor.PromptAsync(await editor.NewSessionAsync(folder.Root), "hello");
        var answer = string.Concat(await editor.AnswerAsync());
        Assert.Contains(@"\<img", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("](command", answer, StringComparison.Ordinal);
    }
}
