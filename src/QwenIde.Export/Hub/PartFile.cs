using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace QwenIde.Export.Hub;

/// <summary>A file that is still growing, with the hash of what it holds so far.</summary>
internal sealed class PartFile(string path, HubFile file, Action<HubFile, long, bool> moved) : IAsyncDisposable
{
    private FileStream? _stream;
    private IncrementalHash? _hash;

    /// <summary>Bytes held.</summary>
    public long Length { get; private set; }

    private FileStream Stream => _stream ?? throw new InvalidOperationException("The file is not open.");

    /// <summary>Opens or makes the file, and hashes what it holds.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        if (_stream.Length > file.Size)
            _stream.SetLength(0);
        _hash = CreateHash();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            int read;
            while ((read = await _stream.ReadAsync(buffer, cancellationToken)) > 0)
                Take(buffer.AsSpan(0, read), isChecking: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Appends what arrived.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await Stream.WriteAsync(bytes, cancellationToken);
        Take(bytes.Span, isChecking: false);
    }

    /// <summary>Begins again from the start, if what comes next does not follow on what is held.</summary>
    public void StartAt(long position)
    {
        if (position == Length)
            return;
        Discard();
    }

    /// <summary>Whether all bytes are there and have the hash that the hub names. Asked once.</summary>
    public bool IsRight()
    {
        if (Length != file.Size)
            return false;
        var hash = Convert.ToHexStringLower(_hash!.GetHashAndReset());
        return (file.Sha256 ?? file.GitSha1) is not { } wanted || wanted == hash;
    }

    /// <summary>Throws away what is held.</summary>
    public void Discard()
    {
        Stream.SetLength(0);
        moved(file, -Length, false);
        Length = 0;
        _hash?.Dispose();
        _hash = CreateHash();
    }

    /// <summary>Flushes and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _hash?.Dispose();
        if (_stream is not null)
        {
            _stream.Flush(flushToDisk: true);
            await _stream.DisposeAsync();
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "Git names its blobs by SHA-1; small files have no other hash.")]
    private IncrementalHash CreateHash()
    {
        if (file.Sha256 is not null || file.GitSha1 is null)
            return IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {file.Size}\0")));
        return hash;
    }

    private void Take(ReadOnlySpan<byte> bytes, bool isChecking)
    {
        _hash!.AppendData(bytes);
        Length += bytes.Length;
        moved(file, bytes.Length, isChecking);
    }
}
