using QwenIde.Export.Hub;

namespace QwenIde.Export.Tests.Hub;

/// <summary>Pulling from a hub on loopback that drops connections and lies.</summary>
public sealed class HubPullTests : IAsyncLifetime
{
    private static readonly PullOptions Quick = new() { Backoff = TimeSpan.FromMilliseconds(1), IdleLimit = TimeSpan.FromSeconds(20) };

    private readonly HubServer _hub = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("qwenide-pull-").FullName;
    private readonly byte[] _weights = new byte[300_000];
    private readonly byte[] _config = """{"model_type":"qwen3_next"}"""u8.ToArray();

    public ValueTask InitializeAsync()
    {
        new Random(1).NextBytes(_weights);
        _hub.Add("model-00001-of-00001.safetensors", _weights);
        _hub.Add("config.json", _config);
        _hub.Add("original/consolidated.pth", [1, 2, 3]);
        _hub.Add(".gitattributes", [1]);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_an_export_needs_arrives_whole()
    {
        HubRepository repository = await PullAsync(Quick);
        Assert.Equal(HubServer.Commit, repository.Commit);
        Assert.Equal(_weights, Weights());
        Assert.Equal(_config, File.ReadAllBytes(Path.Combine(_folder, "config.json")));
        Assert.Equal(2, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_dropped_connection_is_resumed_where_it_broke()
    {
        _hub.DropAfter = 70_000;
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
        Assert.Contains(_hub.Requests, request => request.Range is not null);
        // Some bytes may be lost on the way with the connection; a restart from nothing would send far more.
        Assert.InRange(_hub.SentOf("model-00001-of-00001.safetensors"), _weights.Length, _weights.Length * 2);
    }

    [Fact]
    public async Task A_pull_that_was_stopped_goes_on_the_next_time()
    {
        File.WriteAllBytes(Path.Combine(_folder, "model-00001-of-00001.safetensors.part"), _weights[..200_000]);
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
        Assert.Equal(100_000, _hub.SentOf("model-00001-of-00001.safetensors"));
    }

    [Fact]
    public async Task Nothing_is_fetched_twice()
    {
        await PullAsync(Quick);
        var sent = _hub.SentOf("model-00001-of-00001.safetensors");
        await PullAsync(Quick);
        Assert.Equal(sent, _hub.SentOf("model-00001-of-00001.safetensors"));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_the_whole_again()
    {
        File.WriteAllBytes(Path.Combine(_folder, "model-00001-of-00001.safetensors.part"), _weights[..200_000]);
        _hub.IgnoresRanges = true;
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
    }

    [Fact]
    public async Task A_damaged_file_on_disk_is_fetched_again()
    {
        await PullAsync(Quick);
        var damaged = _weights.ToArray();
        damaged[5]++;
        File.WriteAllBytes(Path.Combine(_folder, "model-00001-of-00001.safetensors"), damaged);
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
    }

    [Theory]
    [InlineData("model-00001-of-00001.safetensors")]
    [InlineData("config.json")]
    public async Task Bytes_with_another_hash_never_get_the_name(string path)
    {
        _hub.Corrupt = bytes => [.. bytes[..^1], (byte)(bytes[^1] + 1)];
        HubException exception = await Assert.ThrowsAsync<HubException>(() => PullAsync(Quick with { Include = [path] }));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, path)));
        _hub.Corrupt = bytes => bytes;
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
    }

    [Fact]
    public async Task More_bytes_than_named_are_refused()
    {
        _hub.Corrupt = bytes => [.. bytes, 0];
        HubException exception = await Assert.ThrowsAsync<HubException>(() => PullAsync(Quick));
        Assert.Contains("more", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_never_gets_further_is_given_up()
    {
        _hub.DropAfter = 0;
        HubException exception = await Assert.ThrowsAsync<HubException>(() => PullAsync(Quick with { Attempts = 3 }));
        Assert.Contains("3 attempts", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_hub_is_asked_again()
    {
        foreach (var status in new[] { 503, 429, 500 })
            _hub.Failures.Enqueue(status);
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
    }

    [Fact]
    public async Task A_long_list_of_files_comes_in_pages()
    {
        _hub.EntriesPerPage = 1;
        await PullAsync(Quick);
        Assert.Equal(_weights, Weights());
    }

    [Fact]
    public async Task A_token_reaches_the_hub_and_no_other_server()
    {
        await using var storage = new HubServer();
        storage.Add("model-00001-of-00001.safetensors", _weights);
        storage.Add("config.json", _config);
        _hub.RequiredToken = "secret";
        _hub.Redirect = storage.Address;
        await PullAsync(Quick, token: "secret");
        Assert.Equal(_weights, Weights());
        Assert.All(_hub.Requests, request => Assert.Equal("Bearer secret", request.Authorization));
        Assert.NotEmpty(storage.Requests);
        Assert.All(storage.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task A_missing_token_is_said()
    {
        _hub.RequiredToken = "secret";
        HubException exception = await Assert.ThrowsAsync<HubException>(() => PullAsync(Quick));
        Assert.Contains("HF_TOKEN", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner/other")]
    [InlineData("model")]
    [InlineData("../model")]
    [InlineData("owner/model/more")]
    public async Task A_repository_that_is_not_there_is_said_by_name(string id)
    {
        using var client = new HubClient(_hub.Address);
        HubException exception = await Assert.ThrowsAsync<HubException>(
            () => HubPull.RunAsync(client, id, _folder, Quick, progress: null, TestContext.Current.CancellationToken));
        Assert.Contains(id, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("/etc/outside.json")]
    [InlineData("a\\b.json")]
    [InlineData("c:evil.json")]
    [InlineData("aux.json")]
    [InlineData("a/../../b.json")]
    public async Task A_file_name_that_leaves_the_folder_stops_the_pull(string path)
    {
        _hub.Add(path, [1]);
        HubException exception = await Assert.ThrowsAsync<HubException>(() => PullAsync(Quick));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Progress_ends_at_the_whole()
    {
        var seen = new List<PullProgress>();
        _hub.DropAfter = 70_000;
        await PullAsync(Quick with { Parallel = 1 }, progress: new Recorder(seen));
        Assert.Equal(_weights.Length + _config.Length, seen[^1].Total);
        Assert.Equal(seen[^1].Total, seen[^1].Done);
        Assert.All(seen, step => Assert.InRange(step.Done, 0, step.Total));
    }

    [Fact]
    public async Task A_cancelled_pull_keeps_what_has_arrived()
    {
        using var stop = new CancellationTokenSource();
        _hub.DropAfter = 70_000;
        PullOptions slow = Quick with { Backoff = TimeSpan.FromMinutes(1) };
        Task<HubRepository> pull = PullAsync(
            slow with { Include = ["*.safetensors"] },
            progress: new Callback(step => { if (step.Done > 0) stop.Cancel(); }),
            cancellationToken: stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "model-00001-of-00001.safetensors.part")).Length, 1, _weights.Length - 1);
    }

    private byte[] Weights() => File.ReadAllBytes(Path.Combine(_folder, "model-00001-of-00001.safetensors"));

    private async Task<HubRepository> PullAsync(
        PullOptions options, string? token = null, IProgress<PullProgress>? progress = null, CancellationToken? cancellationToken = null)
    {
        using var client = new HubClient(_hub.Address, token);
        return await HubPull.RunAsync(
            client, "owner/model", _folder, options, progress, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private sealed class Recorder(List<PullProgress> seen) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => seen.Add(value);
    }

    private sealed class Callback(Action<PullProgress> report) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => report(value);
    }
}
