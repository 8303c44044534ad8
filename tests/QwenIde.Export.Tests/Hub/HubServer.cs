using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QwenIde.Export.Tests.Hub;

/// <summary>A hub on loopback, answering over the wire as the Hugging Face hub does, with the faults that a test asks for.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);

    public HubServer()
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>Each connection is dropped after so many bytes of a file.</summary>
    public int? DropAfter { get; set; }

    /// <summary>Ranges are ignored, as some mirrors do.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>What is sent in place of a file's true bytes.</summary>
    public Func<byte[], byte[]> Corrupt { get; set; } = bytes => bytes;

    /// <summary>Files are behind a redirect, as those in large-file storage are.</summary>
    public Uri? Redirect { get; set; }

    public int EntriesPerPage { get; set; } = 1000;

    public string? RequiredToken { get; set; }

    /// <summary>Statuses answered first, one per request.</summary>
    public ConcurrentQueue<int> Failures { get; } = new();

    public ConcurrentQueue<(string Path, string? Range, string? Authorization)> Requests { get; } = new();

    /// <summary>Bytes of a file that went out over all connections.</summary>
    public int SentOf(string path) => _sent.GetValueOrDefault(path);

    public void Add(string path, byte[] content) => _files[path] = content;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => Answer(context));
        }
    }

    private void Answer(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        HttpListenerResponse response = context.Response;
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        Requests.Enqueue((path, request.Headers["Range"], request.Headers["Authorization"]));
        try
        {
            if (Failures.TryDequeue(out var status))
                response.StatusCode = status;
            else if (RequiredToken is not null && request.Headers["Authorization"] != "Bearer " + RequiredToken)
                response.StatusCode = 401;
            else if (path == "/api/models/owner/model/revision/main")
                Write(response, JsonSerializer.Serialize(new { sha = Commit }));
            else if (path == $"/api/models/owner/model/tree/{Commit}")
                WritePage(response, int.TryParse(request.QueryString["cursor"], out var cursor) ? cursor : 0);
            else if (path.Split('/', 5) is ["", "owner", "model", "resolve", var rest] && _files.TryGetValue(rest[(Commit.Length + 1)..], out var content))
            {
                if (Redirect is not null)
                {
                    response.StatusCode = 302;
                    response.RedirectLocation = new Uri(Redirect, path).AbsoluteUri;
                }
                else if (!Send(response, request.Headers["Range"], rest[(Commit.Length + 1)..], Corrupt(content)))
                    return;
            }
            else
                response.StatusCode = 404;
            response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client is gone.
        }
    }

    // False when the connection was dropped on purpose.
    private bool Send(HttpListenerResponse response, string? range, string path, byte[] content)
    {
        var from = range is null || IgnoresRanges ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        response.ContentLength64 = content.Length - from;
        var count = Math.Min(content.Length - from, DropAfter ?? int.MaxValue);
        response.OutputStream.Write(content, from, count);
        _sent.AddOrUpdate(path, count, (_, before) => before + count);
        if (from + count == content.Length)
            return true;
        response.OutputStream.Flush();
        response.Abort();
        return false;
    }

    private void WritePage(HttpListenerResponse response, int cursor)
    {
        var entries = _files.OrderBy(file => file.Key, StringComparer.Ordinal).Skip(cursor).Take(EntriesPerPage).Select(file => Entry(file.Key, file.Value));
        if (cursor + EntriesPerPage < _files.Count)
            response.Headers["Link"] = $"<{new Uri(Address, $"api/models/owner/model/tree/{Commit}?recursive=true&cursor={cursor + EntriesPerPage}")}>; rel=\"next\"";
        Write(response, JsonSerializer.Serialize(entries));
    }

    // Weights stand in large-file storage and have a SHA-256; the rest are git blobs.
    private static Dictionary<string, object> Entry(string path, byte[] content)
    {
        var entry = new Dictionary<string, object> { ["type"] = "file", ["path"] = path, ["size"] = content.Length, ["oid"] = GitHash(content) };
        if (path.EndsWith(".safetensors", StringComparison.Ordinal))
            entry["lfs"] = new { oid = Convert.ToHexStringLower(SHA256.HashData(content)), size = content.Length, pointerSize = 134 };
        return entry;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Git's own hash.")]
    private static string GitHash(byte[] content) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    private static void Write(HttpListenerResponse response, string json) => response.OutputStream.Write(Encoding.UTF8.GetBytes(json));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
