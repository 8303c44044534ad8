using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using QwenIde.Protocol.Acp;
using QwenIde.Rpc;
using QwenIde.Sidecar.LanguageServer;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Conversation;

/// <summary>Conversations, as the Agent Client Protocol has them. A session holds at most one turn at a time.</summary>
internal sealed class ConversationFeature(WorkspaceSession workspace, RpcPeer peer)
{
    private readonly ConcurrentDictionary<string, Turn?> _sessions = new(StringComparer.Ordinal);

    /// <summary>Serves <c>session/*</c>.</summary>
    public void Register(ServerHandlers handlers)
    {
        handlers.Change(AcpMethods.NewSession, _ =>
        {
            var id = Guid.NewGuid().ToString("N");
            _sessions[id] = null;
            return new NewSessionResult { SessionId = id };
        });
        handlers.LongQuery(AcpMethods.Prompt, parameters =>
        {
            Turn turn = Begin(parameters);
            return cancellationToken => turn.EndAsync(cancellationToken);
        });
        handlers.Change(AcpMethods.Cancel, parameters =>
        {
            if (_sessions.TryGetValue(parameters.SessionId, out Turn? turn))
                turn?.Cancel();
        });
    }

    private Turn Begin(PromptParams parameters)
    {
        if (!_sessions.TryGetValue(parameters.SessionId, out Turn? running))
            throw new RpcException(RpcErrorCodes.InvalidParams, $"There is no session '{parameters.SessionId}'; begin one with session/new.");
        if (running is { IsOver: false })
            throw new RpcException(RpcErrorCodes.InvalidRequest, "The last question of this session is still being answered; wait, or cancel it.");
        var question = string.Join('\n', parameters.Prompt.OfType<TextContent>().Select(content => content.Text));
        Task<SolutionSnapshot?> captured = workspace.CaptureAsync();
        var turn = new Turn(cancellationToken => AnswerAsync(parameters.SessionId, question, captured, cancellationToken));
        _sessions[parameters.SessionId] = turn;
        return turn;
    }

    private async Task AnswerAsync(
        string session, string question, Task<SolutionSnapshot?> captured, CancellationToken cancellationToken)
    {
        if (!captured.IsCompleted)
            await SendAsync(session, "The solution is still being opened; the answer follows.\n\n", cancellationToken);
        if (await captured.WaitAsync(cancellationToken) is { } snapshot)
        {
            await foreach (var piece in SolutionGuide.AnswerAsync(snapshot, question, cancellationToken))
                await SendAsync(session, piece, cancellationToken);
            return;
        }
        await SendAsync(session, $"{Markdown.Text(workspace.State.Message)}\n{SolutionGuide.NoModel}", cancellationToken);
    }

    private async Task SendAsync(string session, string markdown, CancellationToken cancellationToken)
    {
        if (markdown.Length > 0)
            await peer.NotifyAsync(
                AcpMethods.Update,
                new SessionUpdateParams
                {
                    SessionId = session,
                    Update = new AgentMessageChunk { Content = new TextContent { Text = markdown } },
                },
                cancellationToken);
    }

    /// <summary>One answer under way. It begins at once, so that it also ends if nobody awaits it.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing to release.")]
    private sealed class Turn
    {
        private readonly CancellationTokenSource _cancellation = new();
        private readonly Task _answer;

        public Turn(Func<CancellationToken, Task> answer) =>
            _answer = Task.Run(() => answer(_cancellation.Token), CancellationToken.None);

        public bool IsOver => _answer.IsCompleted;

        public void Cancel() => _cancellation.Cancel();

        /// <summary>Awaits the end. After a cancellation only "cancelled" is said, whatever else went wrong.</summary>
        public async Task<PromptResult> EndAsync(CancellationToken cancellationToken)
        {
            await using CancellationTokenRegistration giveUp = cancellationToken.Register(Cancel);
            try
            {
                await _answer;
            }
            catch when (_cancellation.IsCancellationRequested)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            return new PromptResult
            {
                StopReason = _cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.EndTurn,
            };
        }
    }
}
