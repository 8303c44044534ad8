using System.Buffers;
using System.IO.Pipelines;

namespace QwenIde.Rpc.Framing;

internal static class PipeReaderExtensions
{
    /// <summary>Bytes of a message too large to keep that are kept to find its id in.</summary>
    internal const int HeadBytes = 4096;

    /// <summary>Takes up to <paramref name="count"/> bytes; null when the stream ends before them.</summary>
    /// <remarks>Copies as the bytes come, so that the pipe never has to hold a large message itself.</remarks>
    internal static async ValueTask<byte[]?> TakeAsync(this PipeReader input, int count, CancellationToken cancellationToken)
    {
        var taken = new byte[count];
        var filled = 0;
        while (filled < count)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, count - filled));
            part.CopyTo(taken.AsSpan(filled));
            filled += (int)part.Length;
            input.AdvanceTo(part.End);
            if (part.IsEmpty && (read.IsCompleted || read.IsCanceled))
                return null;
        }

        return taken;
    }

    /// <summary>Passes over <paramref name="count"/> bytes; false when the stream ends before them.</summary>
    internal static async ValueTask<bool> SkipAsync(this PipeReader input, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, count));
            count -= part.Length;
            input.AdvanceTo(part.End);
            if (part.IsEmpty && (read.IsCompleted || read.IsCanceled))
                return false;
        }

        return true;
    }
}
