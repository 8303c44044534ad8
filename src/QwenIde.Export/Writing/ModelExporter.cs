using System.Security.Cryptography;
using System.Text;
using QwenIde.Export.Synthetic;

namespace QwenIde.Export.Writing;

/// <summary>
/// Writes model directories. Data files carry the ending <c>.partial</c> and a journal lies beside them until all is there;
/// an export that was interrupted, in whatever way, goes on where it stopped and ends with the same bytes.
/// </summary>
public static class ModelExporter
{
    // Between two notes in the journal: what is lost at worst when the power fails.
    private const long BytesBetweenNotes = 256L << 20;

    // Left free on the disk.
    private const long SpareBytes = 64L << 20;

    /// <summary>Exports a checkpoint.</summary>
    /// <param name="checkpoint">What to export.</param>
    /// <param name="options">What to make of it.</param>
    /// <param name="outputDirectory">Where to; created if need be.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellationToken">Interrupts; the export can go on later.</param>
    /// <exception cref="ExportException">The checkpoint or the options do not fit, or the disk has no room.</exception>
    public static Task ExportAsync(
        Checkpoint checkpoint, ExportOptions options, string outputDirectory,
        IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default) => Task.Run(
        () => Run(checkpoint, options, new CheckpointProducer(checkpoint.Tensors), outputDirectory, progress, cancellationToken), cancellationToken);

    /// <summary>
    /// Writes a model directory of random weights at the speed of the disk: random codes instead of rounded numbers. It loads
    /// and computes as any other.
    /// </summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="options">Its precision; <see cref="Precision.Int8"/> and <see cref="Precision.Int4"/> are the fast ones.</param>
    /// <param name="outputDirectory">Where to; created if need be.</param>
    /// <param name="tokenizerDirectory">Where tokenizer files are copied from, or null for none.</param>
    /// <param name="seed">Other seeds give other weights.</param>
    /// <param name="progress">Told how far it is, from any thread.</param>
    /// <param name="cancellationToken">Interrupts; the export can go on later.</param>
    /// <exception cref="ExportException">The options do not fit, or the disk has no room.</exception>
    public static Task SynthesiseAsync(
        CheckpointConfig config, ExportOptions options, string outputDirectory, string? tokenizerDirectory = null, uint seed = 1,
        IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var checkpoint = SyntheticTensors.Checkpoint(config, seed) with { Directory = tokenizerDirectory };
            Run(checkpoint, options, new RandomCodes(checkpoint.Tensors, seed), outputDirectory, progress, cancellationToken);
        },
        cancellationToken);

    private static void Run(
        Checkpoint checkpoint, ExportOptions options, WeightProducer producer, string directory,
        IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var plan = ExportPlan.Create(checkpoint.Config, options, checkpoint.Tensors);
        var generation = GenerationDefaults.Load(checkpoint.Directory);
        try
        {
            Directory.CreateDirectory(directory);
            using var output = new OutputDirectory(directory, plan, Fingerprint(plan, checkpoint, producer), options.Overwrite);
            WriteWeights(plan, output, producer, progress, cancellationToken);
            output.Complete(plan, generation, checkpoint.Directory, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"The export into {directory} stopped: {exception.Message.TrimEnd('.')}; start it again to go on.", exception);
        }
    }

    private static void WriteWeights(
        ExportPlan plan, OutputDirectory output, WeightProducer producer, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var total = plan.Jobs.Sum(job => job.Bytes);
        var finished = output.Journal.Finished.ToHashSet(StringComparer.Ordinal);
        var done = plan.Jobs.Where(job => finished.Contains(job.Name)).Sum(job => job.Bytes);
        output.CheckSpace(total - done + plan.ModelBytes.Length + SpareBytes);

        var files = output.OpenDataFiles(plan.Layout.Files);
        try
        {
            var writer = new JobWriter(plan.Layout, files, producer);
            var unnoted = new List<string>();
            var unnotedBytes = 0L;
            var tensors = finished.Count;
            foreach (var job in plan.Jobs.Where(job => !finished.Contains(job.Name)))
            {
                writer.Write(job, Report, cancellationToken);
                unnoted.Add(job.Name);
                unnotedBytes += job.Bytes;
                tensors++;
                if (unnotedBytes >= BytesBetweenNotes)
                    Note();

                void Report(long bytes) => progress?.Report(
                    new ExportProgress(ExportPhase.Weights, Interlocked.Add(ref done, bytes), total, tensors, plan.Jobs.Length, job.Layer, job.Name));
            }

            Note();

            void Note()
            {
                foreach (var file in files.Values)
                    RandomAccess.FlushToDisk(file);
                output.Journal.Append(unnoted);
                unnoted.Clear();
                unnotedBytes = 0;
            }
        }
        finally
        {
            foreach (var file in files.Values)
                file.Dispose();
        }
    }

    /// <summary>Two exports with one fingerprint write the same bytes.</summary>
    private static string Fingerprint(ExportPlan plan, Checkpoint checkpoint, WeightProducer producer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(plan.ModelBytes);
        hash.AppendData(Encoding.UTF8.GetBytes($"{checkpoint.Tensors.Identity}\n{producer.GetType().Name}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
