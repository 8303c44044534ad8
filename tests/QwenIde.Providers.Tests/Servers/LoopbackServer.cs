using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QwenIde.Providers.Tests.Servers;

/// <summary>A request that a loopback server received.</summary>
internal sealed record Received(string Method, string Path, string Body, string? Authorization);

/// <summary>
/// An HTTP server on loopback that replays what a model server says on the wire, pieces and pauses included. The weights of
/// the real one cannot be here; its answers can.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private readonly ConcurrentDictionary<string, Func<Received, HttpListenerResponse, Task>> _routes = new(StringComparer.Ordinal);

    public LoopbackServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>What unknown paths get: 404, or LM Studio's 200 with an error inside.</summary>
    public (int Status, string Body) Otherwise { get; set; } = (404, "Not Found");

    /// <summary>Answers a path with a body.</summary>
    public LoopbackServer On(string path, string body, int status = 200) =>
        On(path, (_, response) => WriteAsync(response, status, body));

    /// <summary>Answers a path as the test likes.</summary>
    public LoopbackServer On(string path, Func<Received, HttpListenerResponse, Task> answer)
    {
        _routes[path] = answer;
        return this;
    }

    /// <summary>Answers a path with bytes in pieces, each flushed on its own.</summary>
    public LoopbackServer OnStream(string path, string contentType, IEnumerable<ReadOnlyMemory<byte>> pieces) =>
        On(path, async (_, response) =>
        {
            response.ContentType = contentType;
            response.SendChunked = true;
            foreach (var piece in pieces)
            {
                await response.OutputStream.WriteAsync(piece);
                await response.OutputStream.FlushAsync();
            }
        });

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static async Task WriteAsync(HttpListenerResponse response, int status, string body)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
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
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var received = new Received(
                context.Request.HttpMethod, context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync(), context.Request.Headers["Authorization"]);
            Requests.Enqueue(received);
            if (_routes.TryGetValue(received.Path, out Func<Received, HttpListenerResponse, Task>? answer))
                await answer(received, context.Response);
            else
                await WriteAsync(context.Response, Otherwise.Status, Otherwise.Body);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client is gone, or the test dropped the connection on purpose.
        }
    }
}
