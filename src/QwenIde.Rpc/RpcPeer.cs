using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using QwenIde.Rpc.Dispatch;
using QwenIde.Rpc.Messages;
using QwenIde.Rpc.Sending;

namespace QwenIde.Rpc;

/// <summary>One end of a JSON-RPC 2.0 connection over a byte stream: calls the other end and serves its calls.</summary>
/// <remarks>
/// <code>
/// static readonly RpcRequest&lt;Question, Answer&gt; Ask = new("ask", MyJson.Default.Question, MyJson.Default.Answer);
///
/// await using var peer = new RpcPeer(input, output);
/// peer.Start(new RpcHandlers()
///     .Ordered(DidChange, (change, cancellation) =&gt; host.ApplyAsync(change, cancellation))
///     .Concurrent(Ask, question =&gt;
///     {
///         var snapshot = host.Current;                                  // in order
///         return cancellation =&gt; AnswerAsync(snapshot, question, cancellation); // freely
///     }));
/// var answer = await peer.RequestAsync(Ask, new Question("Why?"), cancellation);
/// var closure = await peer.Completion;
/// </code>
/// <para><b>Order.</b> Messages are taken up strictly in order of arrival. An <i>ordered</i> handler (a mutation) runs to its
/// end before the next message is taken up. A <i>concurrent</i> one is split: its first part runs in order and captures the
/// state it needs, so it sees every earlier mutation and no later one; the work it returns then runs freely, at most
/// <see cref="RpcPeerOptions.MaxConcurrency"/> at once, and never holds up the queue. A <i>long-running</i> one is the
/// same outside that number, for what lasts until a person or a model is done. Handlers run on the thread pool.</para>
/// <para><b>Never waiting for each other.</b> Replies to our requests and cancellations are taken from the stream
/// directly, past the queue, so every handler may call the peer and await its reply. Only ordered handlers that await
/// something which itself stands in the queue can block for good.</para>
/// <para><b>Bounds.</b> When <see cref="RpcPeerOptions.InboxBytes"/> wait to be worked off, reading stops until there is room,
/// unless a reply is awaited (it may be next). When <see cref="RpcPeerOptions.OutboxMessages"/> wait to be written, senders
/// wait. A message over <see cref="RpcPeerOptions.MaxBodyBytes"/> is skipped, never held, and refused with a sentence,
/// under its id if that stands in its first 4 KiB.</para>
/// <para><b>Errors.</b> A handler refuses with <see cref="RpcException"/>; anything else it throws becomes −32603 with
/// one sentence, and is traced. Broken input is refused (−32700, −32600, −32601, −32602) and the connection lives on.
/// Unknown notifications and replies that nobody awaits are ignored. Batches are refused.</para>
/// <para><b>Cancellation.</b> Cancelling <see cref="RequestAsync"/> throws at once and tells the peer. A request that the peer
/// cancels is answered −32800 when its handler gives in to the token, or without being begun if it still waited.</para>
/// <para><b>The end.</b> When the input ends, running requests are cancelled, everything received is still taken up in
/// order, and <see cref="Completion"/> tells why. <see cref="DisposeAsync"/> does the same from our side. Neither waits
/// longer than <see cref="RpcPeerOptions.DrainTimeout"/>. The peer owns both streams and closes them.</para>
/// </remarks>
public sealed class RpcPeer : IAsyncDisposable
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly RpcPeerOptions _options;
    private readonly Inbox _inbox;
    private readonly Outbox _outbox;
    private readonly PendingRequests _pending;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<RpcClosure> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RpcClosure> _firstClosure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    /// <summary>A peer over two streams, for instance standard input and output. Call <see cref="Start"/> next.</summary>
    public RpcPeer(Stream input, Stream output, RpcPeerOptions? options = null)
        : this(
            PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 64 * 1024)),
            PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024)),
            options)
    {
    }

    /// <summary>A peer over two pipes. Call <see cref="Start"/> next.</summary>
    public RpcPeer(PipeReader input, PipeWriter output, RpcPeerOptions? options = null)
    {
        _input = input;
        _output = output;
        _options = options ?? new RpcPeerOptions();
        _inbox = new Inbox(_options.InboxBytes);
        _outbox = new Outbox(output, _options.Framing, _options.OutboxMessages);
        _pending = new PendingRequests(_inbox);
    }

    /// <summary>Completes when the connection has ended and its handlers with it; never fails.</summary>
    public Task<RpcClosure> Completion => _completion.Task;

    /// <summary>Begins to read and to write. What <paramref name="handlers"/> holds now is what will be served.</summary>
    /// <exception cref="InvalidOperationException">The peer was started before, or disposed.</exception>
    public void Start(RpcHandlers handlers)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A peer can be started once.");
        var requests = new IncomingRequests(_closing.Token);
        var receiver = new Receiver(_input, _options, handlers.Freeze(), _inbox, requests, _pending);
        var dispatcher = new Dispatcher(_inbox, requests, _outbox, _options);
        var reading = Task.Run(() => ReadAsync(receiver));
        var dispatching = Task.Run(dispatcher.RunAsync);
        var writing = Task.Run(WriteAsync);
        _ = Task.Run(() => SeeToTheEndAsync(dispatching, writing));
    }

    /// <summary>Calls the peer and awaits its answer.</summary>
    /// <exception cref="RpcRemoteException">The peer answered with an error, or with a result of another form.</exception>
    /// <exception cref="RpcConnectionClosedException">The connection ended before the answer came.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the peer has been told.</exception>
    public async Task<TResult> RequestAsync<TParams, TResult>(
        RpcRequest<TParams, TResult> method, TParams value, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = _pending.Enter(method.Name);
        Envelope response;
        var sent = false;
        try
        {
            var message = MessageWriter.Call(pending.Id, method.Name, value, method.Params);
            await SendAsync(method.Name, pending.Id, message, cancellationToken).ConfigureAwait(false);
            sent = true;
            response = await pending.Source.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (_pending.TryForget(pending) && sent)
                _ = _outbox.TrySendAsync(MessageWriter.Cancel(_options.Cancellation, pending.Id)).AsTask();
            throw;
        }

        return response.Error.IsEmpty
            ? ReadResult(method.Name, response.Result, method.Result)
            : throw RemoteError.Read(method.Name, response.Error);
    }

    /// <summary>Tells the peer something. Completes when the message is queued; messages leave in the order of the calls.</summary>
    /// <exception cref="RpcConnectionClosedException">The connection has ended.</exception>
    public ValueTask NotifyAsync<TParams>(
        RpcNotification<TParams> method, TParams value, CancellationToken cancellationToken = default) =>
        SendAsync(method.Name, null, MessageWriter.Call(null, method.Name, value, method.Params), cancellationToken);

    /// <summary>
    /// Ends the connection: stops reading, cancels running requests, sends what is queued. Do not await it in a handler.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _completion.TrySetResult(new RpcClosure(RpcClosureReason.Disposed, "The connection was closed before it began."));
            _pending.FailAll(_completion.Task.Result);
            _outbox.Complete();
            await _input.CompleteAsync().ConfigureAwait(false);
            await _output.CompleteAsync().ConfigureAwait(false);
        }

        _firstClosure.TrySetResult(new RpcClosure(RpcClosureReason.Disposed, "The connection was closed from this side."));
        await _completion.Task.ConfigureAwait(false);
    }

    private async ValueTask SendAsync(string method, RpcId? id, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await _outbox.SendAsync(message, cancellationToken).ConfigureAwait(false);
            _options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Sent, method, id, message.Length));
        }
        catch (ChannelClosedException)
        {
            throw _pending.Closed(method);
        }
    }

    private static TResult ReadResult<TResult>(string method, ReadOnlyMemory<byte> json, JsonTypeInfo<TResult> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type)!;
        }
        catch (JsonException unfit)
        {
            throw new RpcRemoteException(
                method, RpcErrorCodes.InternalError, $"The answer to '{method}' does not fit at '{unfit.Path ?? "$"}'.", null);
        }
    }

    private async Task ReadAsync(Receiver receiver)
    {
        RpcClosure closure;
        try
        {
            closure = await receiver.RunAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            closure = new RpcClosure(RpcClosureReason.TransportFailed, $"Reading from the peer failed: {failure.Message}", failure);
        }

        _firstClosure.TrySetResult(closure);
        await _input.CompleteAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        try
        {
            await _outbox.RunAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _firstClosure.TrySetResult(
                new RpcClosure(RpcClosureReason.TransportFailed, $"Writing to the peer failed: {failure.Message}", failure));
        }
    }

    private async Task SeeToTheEndAsync(Task dispatching, Task writing)
    {
        var closure = await _firstClosure.Task.ConfigureAwait(false);
        _pending.FailAll(closure);
        _inbox.Complete();
        await _closing.CancelAsync().ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(_options.DrainTimeout, _options.Time))
        {
            await WaitAsync(dispatching, patience.Token).ConfigureAwait(false);
            _outbox.Complete();
            await WaitAsync(writing, patience.Token).ConfigureAwait(false);
        }

        if (writing.IsCompleted)
            await _output.CompleteAsync().ConfigureAwait(false);
        _options.Trace?.Invoke(new RpcTrace(RpcTraceKind.Closed, Message: closure.Message, Exception: closure.Cause));
        _completion.TrySetResult(closure);
    }

    private static async Task WaitAsync(Task task, CancellationToken patience)
    {
        try
        {
            await task.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Left behind: it cannot be stopped, and must not stop us.
        }
    }
}
