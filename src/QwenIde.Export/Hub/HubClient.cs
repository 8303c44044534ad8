using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace QwenIde.Export.Hub;

/// <summary>
/// Reads from the Hugging Face hub, or a mirror that answers alike: <c>/api/models/{id}/revision/{revision}</c>,
/// <c>/api/models/{id}/tree/{commit}</c> and <c>/{id}/resolve/{commit}/{path}</c>.
/// </summary>
/// <remarks>
/// Redirects are followed here and not by the handler, so that an access token reaches the hub alone and nothing is fetched
/// over a weaker scheme than was asked for.
/// </remarks>
public sealed class HubClient : IDisposable
{
    /// <summary>The hub itself.</summary>
    public static readonly Uri DefaultEndpoint = new("https://huggingface.co/");

    private const int MaxRedirects = 8;
    private const int MaxPages = 1000;
    private const int MaxJsonBytes = 64 << 20;

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string? _token;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="endpoint">The hub or a mirror; null is the hub.</param>
    /// <param name="token">An access token, for repositories that ask for one.</param>
    /// <exception cref="HubException">The endpoint is no http or https address.</exception>
    public HubClient(Uri? endpoint = null, string? token = null)
    {
        _endpoint = endpoint ?? DefaultEndpoint;
        if (!_endpoint.IsAbsoluteUri || _endpoint.Scheme is not ("https" or "http"))
            throw new HubException($"The mirror '{_endpoint}' is no address: give one such as https://huggingface.co.");
        if (!_endpoint.AbsolutePath.EndsWith('/'))
            _endpoint = new Uri(_endpoint.AbsoluteUri + '/');
        _token = string.IsNullOrWhiteSpace(token) ? null : token.Trim();
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(20),
        })
        {
            // Large files take hours; idle connections are watched by the pull.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("qwenide", "0.1"));
    }

    /// <summary>Finds the commit that a revision names, and its files.</summary>
    /// <exception cref="HubException">There is no such repository, it needs a token, or the answer makes no sense.</exception>
    public async Task<HubRepository> GetRepositoryAsync(string id, string revision, CancellationToken cancellationToken)
    {
        if (id.Split('/') is not [_, _] parts || !parts.All(IsName))
            throw new HubException($"'{id}' names no repository: expected owner/name, such as Qwen/Qwen3-Coder-Next.");
        var address = new Uri(_endpoint, $"api/models/{id}/revision/{Uri.EscapeDataString(revision)}");
        using JsonDocument about = (await GetJsonAsync(address, id, cancellationToken)).Document;
        if (Text(about.RootElement, "sha") is not { Length: 40 } commit || !commit.All(char.IsAsciiHexDigit))
            throw new HubException($"The hub names no commit for {id} at '{revision}'.");

        var files = ImmutableArray.CreateBuilder<HubFile>();
        Uri? page = new(_endpoint, $"api/models/{id}/tree/{commit}?recursive=true");
        for (var count = 0; page is not null; count++)
        {
            if (count == MaxPages)
                throw new HubException($"The hub's list of files of {id} does not end.");
            (JsonDocument document, page) = await GetJsonAsync(page, id, cancellationToken);
            using (document)
                files.AddRange(ReadFiles(document.RootElement, id));
        }
        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return new HubRepository(id, commit, files.ToImmutable());
    }

    /// <summary>Asks for a file's bytes from an offset on. The caller disposes the answer, whose status is 200, 206 or 416.</summary>
    internal Task<HttpResponseMessage> OpenAsync(
        HubRepository repository, HubFile file, long offset, CancellationToken cancellationToken)
    {
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var address = new Uri(_endpoint, $"{repository.Id}/resolve/{repository.Commit}/{path}");
        return SendAsync(address, offset, $"{file.Path} of {repository.Id}", cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<(JsonDocument Document, Uri? Next)> GetJsonAsync(Uri address, string what, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await SendAsync(address, offset: 0, what, cancellationToken);
            await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var bytes = new MemoryStream();
            var buffer = new byte[1 << 16];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxJsonBytes)
                    throw new HubException($"The hub's answer about {what} is larger than {MaxJsonBytes >> 20} MiB.");
            }
            return (JsonDocument.Parse(bytes.ToArray()), NextPage(answer, address));
        }
        catch (Exception exception) when (exception is JsonException or IOException or HttpRequestException)
        {
            throw new HubException($"{address.Host} gave no usable answer about {what}: {exception.Message}", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long offset, string what, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (offset > 0)
                request.Headers.Range = new RangeHeaderValue(offset, null);
            if (_token is not null && IsSameOrigin(address, _endpoint))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
                return answer;
            using (answer)
            {
                if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
                    throw Refusal(answer.StatusCode, what);
                var target = new Uri(address, location);
                if (target.Scheme != "https" && !(target.Scheme == "http" && _endpoint.Scheme == "http"))
                    throw new HubException($"{address.Host} redirects {what} to {target.Scheme}://{target.Host}, which is not encrypted.");
                address = target;
            }
        }
        throw new HubException($"{address.Host} redirects {what} in a circle.");
    }

    private Exception Refusal(HttpStatusCode status, string what) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new HubException(
            $"The hub does not let us read {what}: "
            + (_token is null ? "it may not exist, or needs an access token (HF_TOKEN)." : "the access token (HF_TOKEN) does not suffice.")),
        HttpStatusCode.NotFound => new HubException($"The hub has no {what}: check the name and the revision."),
        // These pass; the pull tries again.
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
            new HttpRequestException($"The hub answered {(int)status}.", null, status),
        _ => new HubException($"The hub answered {(int)status} for {what}."),
    };

    private static IEnumerable<HubFile> ReadFiles(JsonElement page, string id)
    {
        if (page.ValueKind != JsonValueKind.Array)
            throw new HubException($"The hub's list of files of {id} is no list.");
        foreach (JsonElement entry in page.EnumerateArray())
        {
            if (Text(entry, "type") != "file" || Text(entry, "path") is not { } path)
                continue;
            // Dot files (.gitattributes) configure git and are never needed.
            if (!path.Split('/').Contains("..") && ('/' + path).Contains("/.", StringComparison.Ordinal))
                continue;
            if (!HubSelection.IsSafe(path))
                throw new HubException($"{id} has a file whose name is not safe to write: '{path}'.");
            var isLarge = entry.TryGetProperty("lfs", out JsonElement large) && large.ValueKind == JsonValueKind.Object;
            if (!(isLarge ? large : entry).TryGetProperty("size", out JsonElement size) || !size.TryGetInt64(out var bytes) || bytes < 0)
                throw new HubException($"The hub says no size for {path} of {id}.");
            yield return isLarge
                ? new HubFile(path, bytes, Hash(large, 64), GitSha1: null)
                : new HubFile(path, bytes, Sha256: null, Hash(entry, 40));
        }
    }

    private static string? Hash(JsonElement holder, int length) =>
        Text(holder, "oid") is { } text && (text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text) is var hash
        && hash.Length == length && hash.All(char.IsAsciiHexDigit)
            ? hash.ToLowerInvariant()
            : null;

    private static Uri? NextPage(HttpResponseMessage answer, Uri address)
    {
        foreach (var link in answer.Headers.TryGetValues("Link", out IEnumerable<string>? values) ? values : [])
            if (link.Contains("rel=\"next\"", StringComparison.Ordinal) && link.IndexOf('<') is >= 0 and var begin && link.IndexOf('>') is var end && end > begin)
                return new Uri(address, link[(begin + 1)..end]);
        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool IsName(string part) =>
        part.Length is > 0 and <= 96 && !part.StartsWith('.') && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool IsSameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Host == right.Host && left.Port == right.Port;
}
