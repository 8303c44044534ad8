using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QwenIde.Export.Writing;

/// <summary><c>qwenide_hashes.json</c>: size and SHA-256 of every file of a model directory.</summary>
internal static class HashFile
{
    public const string FileName = "qwenide_hashes.json";

    private const int ChunkBytes = 1 << 20;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads files and gives the text about them.</summary>
    public static byte[] Compute(
        IEnumerable<string> names, Func<string, Stream> open, long total, int tensors, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var files = new JsonObject();
        var done = 0L;
        var buffer = new byte[ChunkBytes];
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var stream = open(name);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            for (int read; (read = stream.Read(buffer)) > 0; size += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                done = Math.Min(done + read, total);
                progress?.Report(new ExportProgress(ExportPhase.Hashes, done, total, tensors, tensors, null, name));
            }

            files[name] = new JsonObject { ["size"] = size, ["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["format"] = 1, ["files"] = files }, Indented);
    }
}
