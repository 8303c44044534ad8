using System.Collections.Immutable;
using QwenIde.Export.Graph;
using QwenIde.Export.Onnx;

namespace QwenIde.Export.Writing;

/// <summary>Where each weight stands in the data files.</summary>
internal sealed class DataLayout
{
    // Weights of some size begin where every system can map a file into memory: at 64 KiB on Windows, at 4 KiB elsewhere.
    private const int LargeAlignment = 64 * 1024;
    private const int PageAlignment = 4096;
    private const int SmallAlignment = 64;

    private readonly Dictionary<string, ExternalLocation> _locations = new(StringComparer.Ordinal);

    public DataLayout(string modelFile, IEnumerable<WeightJob> jobs, long maxFileBytes)
    {
        var files = ImmutableArray.CreateBuilder<PlannedFile>();
        var (name, length) = (modelFile + ".data", 0L);
        foreach (var weight in jobs.SelectMany(job => job.Weights))
        {
            var bytes = weight.Bytes;
            var offset = Align(length, bytes);
            if (length > 0 && offset + bytes > maxFileBytes)
            {
                files.Add(new PlannedFile(name, length));
                (name, offset) = ($"{modelFile}_{files.Count}.data", 0);
            }

            _locations.Add(weight.Name, new ExternalLocation(name, offset, bytes));
            length = offset + bytes;
        }

        files.Add(new PlannedFile(name, length));
        Files = files.ToImmutable();
    }

    /// <summary>The data files.</summary>
    public ImmutableArray<PlannedFile> Files { get; }

    /// <summary>Where a weight stands.</summary>
    public ExternalLocation this[Weight weight] => _locations[weight.Name];

    private static long Align(long offset, long bytes)
    {
        long alignment = bytes >= 1 << 20 ? LargeAlignment : bytes >= PageAlignment ? PageAlignment : SmallAlignment;
        return (offset + alignment - 1) / alignment * alignment;
    }
}
