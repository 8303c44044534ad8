using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace QwenIde.Export.Writing;

/// <summary>
/// The directory of an export. While it is unfinished there is no <c>genai_config.json</c> in it; that file is written last
/// but one, the hashes last.
/// </summary>
internal sealed class OutputDirectory : IDisposable
{
    private const string Partial = ".partial";

    // Copied as they are, where the checkpoint has them.
    private static readonly string[] Companions =
    [
        "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json", "vocab.json", "merges.txt",
        "added_tokens.json", "special_tokens_map.json",
    ];

    private readonly string _directory;

    /// <summary>Takes hold of a directory.</summary>
    /// <exception cref="ExportException">It holds a model already, or another export writes into it.</exception>
    public OutputDirectory(string directory, ExportPlan plan, string fingerprint, bool overwrite)
    {
        _directory = directory;
        Journal = Journal.Open(directory, fingerprint);
        if (File.Exists(At(GenAiConfig.FileName)) && !overwrite && !Journal.Continues)
        {
            Release();
            throw new ExportException($"{directory} holds a model already; choose another directory, or ask for it to be overwritten.");
        }

        // From here on the directory is no model until it is one again.
        if (!Journal.Continues)
            Clear();
        Journal.Begin();
        File.Delete(At(HashFile.FileName));
        File.Delete(At(GenAiConfig.FileName));
        foreach (var file in plan.Layout.Files)
        {
            // The end may have been interrupted after a file got its name.
            if (File.Exists(At(file.Name)) && !File.Exists(At(file.Name + Partial)))
                File.Move(At(file.Name), At(file.Name + Partial));
        }
    }

    /// <summary>What has been written.</summary>
    public Journal Journal { get; }

    /// <summary>Makes sure that there is room on the disk.</summary>
    /// <exception cref="ExportException">There is not.</exception>
    public void CheckSpace(long bytes)
    {
        var free = new DriveInfo(Path.GetFullPath(_directory)).AvailableFreeSpace;
        if (free < bytes)
            throw new ExportException($"The disk of {_directory} has {free / 1e9:0.0} GB free, but {bytes / 1e9:0.0} GB are needed; free some space or choose another disk.");
    }

    /// <summary>Opens the data files under their temporary names, at their full sizes.</summary>
    public Dictionary<string, SafeFileHandle> OpenDataFiles(ImmutableArray<PlannedFile> files)
    {
        var handles = new Dictionary<string, SafeFileHandle>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var handle = File.OpenHandle(At(file.Name + Partial), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            handles.Add(file.Name, handle);
            if (RandomAccess.GetLength(handle) != file.Bytes)
                RandomAccess.SetLength(handle, file.Bytes);
        }

        return handles;
    }

    /// <summary>Gives everything its final name, with configuration and hashes last.</summary>
    public void Complete(
        ExportPlan plan, GenerationDefaults generation, string? companions, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        Replace(ExportPlan.ModelFileName, plan.ModelBytes);
        var names = plan.Layout.Files.Select(file => file.Name).Append(ExportPlan.ModelFileName).Append(GenAiConfig.FileName).ToList();
        foreach (var name in Companions.Where(name => companions is not null && File.Exists(Path.Combine(companions, name))))
        {
            Replace(name, File.ReadAllBytes(Path.Combine(companions!, name)));
            names.Add(name);
        }

        var config = System.Text.Encoding.UTF8.GetBytes(GenAiConfig.Write(plan, generation));
        var hashes = HashFile.Compute(names, Open, plan.TotalBytes, plan.Jobs.Length, progress, cancellationToken);
        foreach (var file in plan.Layout.Files)
            File.Move(At(file.Name + Partial), At(file.Name), overwrite: true);
        Replace(GenAiConfig.FileName, config);
        Replace(HashFile.FileName, hashes);
        Journal.Delete();
        progress?.Report(new ExportProgress(
            ExportPhase.Done, plan.TotalBytes, plan.TotalBytes, plan.Jobs.Length, plan.Jobs.Length, null, _directory));

        Stream Open(string name) => name == GenAiConfig.FileName
            ? new MemoryStream(config)
            : File.OpenRead(File.Exists(At(name + Partial)) ? At(name + Partial) : At(name));
    }

    /// <inheritdoc/>
    public void Dispose() => Journal.Dispose();

    /// <summary>Leaves the directory as it was.</summary>
    private void Release()
    {
        if (Journal.Existed)
            Journal.Dispose();
        else
            Journal.Delete();
    }

    /// <summary>Removes what another export left, so that the gaps between weights hold zeros and not its remains.</summary>
    private void Clear()
    {
        foreach (var path in Directory.EnumerateFiles(_directory, ExportPlan.ModelFileName + "*").Where(IsOurs))
            File.Delete(path);

        static bool IsOurs(string path) =>
            Path.GetFileName(path) is var name && (name == ExportPlan.ModelFileName || name.EndsWith(".data", StringComparison.Ordinal) || name.EndsWith(Partial, StringComparison.Ordinal));
    }

    private void Replace(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name + Partial), bytes);
        File.Move(At(name + Partial), At(name), overwrite: true);
    }

    private string At(string name) => Path.Combine(_directory, name);
}
