using System.Text;

namespace QwenIde.Export.Writing;

/// <summary>
/// Which weights of an unfinished export are on disk: a file with a line for the plan, then one per finished job. It belongs
/// to one export at a time.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>The journal's name in the output directory.</summary>
    public const string FileName = "export.journal";

    private readonly FileStream _stream;
    private readonly List<string> _lines;
    private readonly string _path;
    private readonly string _fingerprint;

    private Journal(string path, FileStream stream, string fingerprint, IEnumerable<string> lines)
    {
        _path = path;
        _stream = stream;
        _fingerprint = fingerprint;
        _lines = [.. lines];
        Existed = stream.Length > 0;
    }

    /// <summary>Opens the journal of a directory, which may be empty; nothing is changed yet.</summary>
    /// <param name="directory">The output directory.</param>
    /// <param name="fingerprint">Identifies plan and checkpoint; a journal of another export does not count.</param>
    /// <exception cref="ExportException">Another export writes into the directory.</exception>
    public static Journal Open(string directory, string fingerprint)
    {
        var path = Path.Combine(directory, FileName);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"{path} cannot be opened: {exception.Message.TrimEnd('.')}; another export may be writing into this directory.", exception);
        }

        var text = new StreamReader(stream, Encoding.UTF8).ReadToEnd();
        // The last line may have been cut off; without its line feed it does not count.
        var lines = text.Split('\n')[..^1];
        var continues = lines.Length > 0 && lines[0] == fingerprint;
        return new Journal(path, stream, fingerprint, continues ? lines : []);
    }

    /// <summary>Whether there is something to go on with.</summary>
    public bool Continues => _lines.Count > 0;

    /// <summary>Whether the journal was there before, of this export or another.</summary>
    public bool Existed { get; }

    /// <summary>Cuts off what does not count, and begins the journal if it does not continue.</summary>
    public void Begin()
    {
        if (_lines.Count == 0)
            _lines.Add(_fingerprint);
        _stream.SetLength(0);
        Append(_lines);
    }

    /// <summary>The jobs whose weights are on disk.</summary>
    public IEnumerable<string> Finished => _lines.Skip(1);

    /// <summary>Notes finished jobs; their bytes must be on disk already.</summary>
    public void Append(IEnumerable<string> lines)
    {
        _stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>Removes the journal: the export is complete.</summary>
    public void Delete()
    {
        _stream.Dispose();
        File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
