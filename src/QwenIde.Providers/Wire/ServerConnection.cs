using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace QwenIde.Providers.Wire;

/// <summary>
/// HTTP to one server: no redirects, no cookies, no proxy, so that a prompt goes to the host that the user named and to no
/// other.
/// </summary>
public sealed class ServerConnection : IDisposable
{
    // An answer to a question about models; far beyond any real one.
    private const int MaxAnswerBytes = 16 << 20;

    private readonly HttpClient _http;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="address">http or https; a path such as <c>/v1</c> at its end is cut off.</param>
    /// <param name="key">Sent as a bearer token; null sends none.</param>
    /// <exception cref="ProviderException">It is no such address.</exception>
    public ServerConnection(Uri address, string? key = null)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ProviderException(ProviderErrorKind.Other, $"'{address}' is no server's address: give one such as http://127.0.0.1:8000.");
        Address = Normalise(address);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        })
        {
            BaseAddress = Address,
            // The first token of a long prompt may take many minutes; streams have limits of their own.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (!string.IsNullOrWhiteSpace(key))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
    }

    /// <summary>The server, with a slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>Asks for a JSON document; null where the server does not answer with one in time.</summary>
    /// <returns>The status, and the document if the body is JSON. The caller disposes it.</returns>
    internal async Task<(HttpStatusCode Status, JsonDocument? Body)?> TryGetAsync(
        string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return (answer.StatusCode, TryParse(await ReadAsync(answer, patience.Token)));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Posts JSON and gives the answer as soon as its headers are there. The caller disposes it.</summary>
    /// <exception cref="ProviderException">The server cannot be reached.</exception>
    internal async Task<HttpResponseMessage> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ProviderException(
                ProviderErrorKind.Unreachable, $"No model server answers at {Address}: start it, or choose another.", exception.Message, exception);
        }
    }

    /// <summary>Reads a whole body as text, within the bound for answers that are not streams.</summary>
    internal static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 14];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0 && bytes.Length < MaxAnswerBytes)
            bytes.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Users copy what other programs want: with /v1, or the whole path.
    private static Uri Normalise(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        foreach (var ending in new[] { "/chat/completions", "/v1", "/api" })
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                path = path[..^ending.Length];
        return new UriBuilder(address) { Path = path + "/", Query = "", Fragment = "", UserName = "", Password = "" }.Uri;
    }
}
