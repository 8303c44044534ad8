using System.Collections.Immutable;

namespace QwenIde.Export.Hub;

/// <summary>
/// Fetches files of a repository into a folder. A file grows as <c>NAME.part</c> and gets its name once its hash is right, so
/// whatever stands under its own name is whole; a pull that was stopped goes on where it was.
/// </summary>
public sealed class HubPull
{
    private const string PartEnding = ".part";

    // Room for the file system's own needs.
    private const long SpareSpace = 64L << 20;

    private readonly HubClient _client;
    private readonly HubRepository _repository;
    private readonly ImmutableArray<HubFile> _files;
    private readonly string _folder;
    private readonly PullOptions _options;
    private readonly IProgress<PullProgress>? _progress;
    private readonly long _total;
    private long _done;

    private HubPull(
        HubClient client, HubRepository repository, ImmutableArray<HubFile> files, string folder, PullOptions options, IProgress<PullProgress>? progress)
    {
        (_client, _repository, _files, _folder, _options, _progress) = (client, repository, files, folder, options, progress);
        _total = files.Sum(file => file.Size);
    }

    /// <summary>Fetches what <paramref name="options"/> choose, and gives the repository at the commit that was fetched.</summary>
    /// <param name="client">The hub or a mirror.</param>
    /// <param name="id">Such as <c>Qwen/Qwen3-Coder-Next</c>.</param>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="options">What to fetch, and how patiently.</param>
    /// <param name="progress">Told of every piece.</param>
    /// <param name="cancellationToken">What has arrived stays, for the next pull.</param>
    /// <exception cref="HubException">The repository or the folder cannot be used, the disk is too small, a file is not what
    /// the hub says it is, or the connection failed too often.</exception>
    public static async Task<HubRepository> RunAsync(
        HubClient client,
        string id,
        string folder,
        PullOptions options,
        IProgress<PullProgress>? progress,
        CancellationToken cancellationToken)
    {
        HubRepository repository = await FindAsync(client, id, options, cancellationToken);
        ImmutableArray<HubFile> files = HubSelection.Select(repository, options.Include);
        var pull = new HubPull(client, repository, files, folder, options, progress);
        try
        {
            Directory.CreateDirectory(folder);
            pull.CheckSpace();
            await Parallel.ForEachAsync(
                files,
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
                async (file, stop) => await pull.FetchAsync(file, stop));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{folder} cannot be written: {exception.Message}", exception);
        }
        return repository;
    }

    private static async Task<HubRepository> FindAsync(
        HubClient client, string id, PullOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await client.GetRepositoryAsync(id, options.Revision, cancellationToken);
            }
            catch (HubException exception) when (exception.InnerException is HttpRequestException or IOException && attempt < options.Attempts)
            {
                await Task.Delay(WaitAfter(attempt, options), cancellationToken);
            }
        }
    }

    private void CheckSpace()
    {
        var present = _files.Sum(file => Math.Min(file.Size, LengthOf(PathOf(file)) + LengthOf(PathOf(file) + PartEnding)));
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        if (_total - present > free - SpareSpace)
            throw new HubException(
                $"{_repository.Id} needs {Gigabytes(_total - present)} more in {_folder}, and {Gigabytes(free)} are free there.");
    }

    private async Task FetchAsync(HubFile file, CancellationToken cancellationToken)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (await IsPresentAsync(file, path, cancellationToken))
            return;

        await using (var part = new PartFile(path + PartEnding, file, Moved))
        {
            await part.OpenAsync(cancellationToken);
            await DownloadAsync(file, part, cancellationToken);
            if (!part.IsRight())
            {
                // Resuming would only keep what is wrong.
                part.Discard();
                throw new HubException($"{file.Path} arrived with another hash than the hub names; it was thrown away. Pull again.");
            }
        }
        File.Move(path + PartEnding, path, overwrite: true);
    }

    private async Task<bool> IsPresentAsync(HubFile file, string path, CancellationToken cancellationToken)
    {
        if (LengthOf(path) != file.Size || !File.Exists(path))
            return false;
        await using (var present = new PartFile(path, file, Moved))
        {
            await present.OpenAsync(cancellationToken);
            if (present.IsRight())
                return true;
            Moved(file, -file.Size, isChecking: false);
        }
        File.Delete(path);
        return false;
    }

    private async Task DownloadAsync(HubFile file, PartFile part, CancellationToken cancellationToken)
    {
        for (var attempt = 1; part.Length < file.Size;)
        {
            var before = part.Length;
            Exception failure;
            try
            {
                await ReadOnAsync(file, part, cancellationToken);
                continue;
            }
            catch (Exception exception) when (exception is HttpRequestException or TimeoutException or HttpIOException)
            {
                failure = exception;
            }
            attempt = part.Length > before ? 1 : attempt + 1;
            if (attempt > _options.Attempts)
                throw new HubException(
                    $"{file.Path} could not be fetched in {_options.Attempts} attempts: {failure.Message} What has arrived stays; pull again to go on.",
                    failure);
            await Task.Delay(WaitAfter(attempt, _options), cancellationToken);
        }
    }

    // One connection's worth. Ends early only by an exception.
    private async Task ReadOnAsync(HubFile file, PartFile part, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(_options.IdleLimit);
        try
        {
            using HttpResponseMessage answer = await _client.OpenAsync(_repository, file, part.Length, idle.Token);
            part.StartAt(PositionOf(answer, file, part.Length));
            await using Stream body = await answer.Content.ReadAsStreamAsync(idle.Token);
            var buffer = new byte[1 << 18];
            int read;
            while (part.Length < file.Size && (read = await body.ReadAsync(buffer, idle.Token)) > 0)
            {
                idle.CancelAfter(_options.IdleLimit);
                if (part.Length + read > file.Size)
                    throw new HubException($"The hub sends more of {file.Path} than the {file.Size:N0} bytes it names.");
                await part.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            if (part.Length < file.Size)
                throw new HttpRequestException($"the connection ended after {part.Length:N0} of {file.Size:N0} bytes.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing arrived for {_options.IdleLimit.TotalSeconds:0} s.");
        }
    }

    // A server that knows no ranges sends the whole again; one that sends another range than asked is not to be trusted.
    private static long PositionOf(HttpResponseMessage answer, HubFile file, long asked) => (int)answer.StatusCode switch
    {
        200 => 0,
        206 when answer.Content.Headers.ContentRange is { From: { } from } range && from == asked && (range.Length ?? file.Size) == file.Size => asked,
        _ => 0 == asked
            ? throw new HubException($"The hub sends another part of {file.Path} than was asked for.")
            : throw new HttpRequestException($"the hub cannot go on at byte {asked:N0}."),
    };

    private void Moved(HubFile file, long bytes, bool isChecking) =>
        _progress?.Report(new PullProgress(file.Path, isChecking, Interlocked.Add(ref _done, bytes), _total));

    private string PathOf(HubFile file) => Path.Combine(_folder, file.Path.Replace('/', Path.DirectorySeparatorChar));

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static TimeSpan WaitAfter(int attempt, PullOptions options) =>
        TimeSpan.FromSeconds(Math.Min(60, options.Backoff.TotalSeconds * Math.Pow(2, attempt - 1)));

    private static string Gigabytes(long bytes) => $"{bytes / 1e9:0.0} GB";
}
