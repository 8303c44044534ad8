namespace QwenIde.Providers.Wire;

/// <summary>
/// A stream that waits as long as it takes for its first byte, since a long prompt keeps a server silent for minutes, and
/// gives up once it has begun and then falls silent.
/// </summary>
internal sealed class PatientStream(Stream inner, TimeSpan idleLimit) : Stream
{
    private bool _hasBegun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_hasBegun)
            idle.CancelAfter(idleLimit);
        try
        {
            var read = await inner.ReadAsync(buffer, idle.Token);
            _hasBegun |= read > 0;
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(
                ProviderErrorKind.Interrupted, $"The model server fell silent for {idleLimit.TotalSeconds:0} s in the midst of its answer: try again.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new ProviderException(
                ProviderErrorKind.Interrupted, "The connection to the model server broke in the midst of its answer: try again.", exception.Message, exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
