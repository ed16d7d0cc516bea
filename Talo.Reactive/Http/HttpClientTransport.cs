using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Http;

/// <summary>The default HTTP edge, on <see cref="HttpClient"/>. Safe for use from any thread.</summary>
/// <remarks>
/// <para>It never times out: whoever subscribes bounds the time by disposing the subscription. Replies arrive on a pool thread.</para>
/// <para>
/// Where the platform unpacks bodies it asks for gzip, and gives the body without it. A handler of the game's own decides that
/// itself: set its <see cref="HttpClientHandler.AutomaticDecompression"/>. A body in another encoding is given as it came, and so is
/// what lies below the first of several. A body that is cut off on the wire is an error.
/// </para>
/// </remarks>
public sealed class HttpClientTransport : IHttpTransport, IDisposable
{
    /// <summary>The default limit of a reply's body: 16 MB.</summary>
    public const long DefaultMaxReplyBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client;
    private readonly long _maxReplyBytes;

    /// <summary>Makes the edge.</summary>
    /// <param name="handler">
    /// What sends the requests. It may be shared and is never disposed here. Default: a handler of its own, with the proxy of
    /// the system, that keeps no cookies and follows no redirects, since the calls carry credentials. One of the game's own follows
    /// redirects unless its <see cref="HttpClientHandler.AllowAutoRedirect"/> is false, and shows the player's session wherever they lead.
    /// </param>
    /// <param name="maxReplyBytes">The largest body to accept, in bytes, decompressed. Default: <see cref="DefaultMaxReplyBytes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxReplyBytes"/> is not positive.</exception>
    public HttpClientTransport(HttpMessageHandler? handler = null, long maxReplyBytes = DefaultMaxReplyBytes)
    {
        if (maxReplyBytes < 1) throw new ArgumentOutOfRangeException(nameof(maxReplyBytes), maxReplyBytes, "At least one byte.");

        _maxReplyBytes = maxReplyBytes;
        _client = new HttpClient(handler ?? OwnHandler(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Errors: <see cref="HttpRequestException"/> or <see cref="IOException"/> when the exchange broke, before or inside the body;
    /// <see cref="HttpReplyTooLargeException"/>; <see cref="InvalidDataException"/> for a damaged gzip body;
    /// <see cref="FormatException"/> for a header that cannot be sent; <see cref="ObjectDisposedException"/> after <see cref="Dispose"/>.
    /// Headers that describe a body (<c>content-type</c>…) are left out of a call that has none.
    /// </remarks>
    public IObservable<HttpReply> Send(HttpCall call)
    {
        _ = call ?? throw new ArgumentNullException(nameof(call));
        return Observable.Create<HttpReply>(observer =>
        {
            var given = new CancellationDisposable();
            // On the pool: sending looks up proxies and names, which is no work for a game's thread or its context.
            _ = Task.Run(() => SendAsync(call, observer, given.Token));
            return given;
        });
    }

    /// <summary>Gives up the exchanges under way and closes what this object made itself; a given handler lives on.</summary>
    public void Dispose() => _client.Dispose();

    private static HttpClientHandler OwnHandler()
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };

        // By the platform, as the body is read, rather than here: it takes off one layer, so that stacked ones cost nothing; the limit
        // counts what comes out of it; and its work ends with the reading, at once when the exchange is given up. A browser has done
        // it already, though the header still says gzip. Gzip alone: platforms differ in what they take for deflate.
        if (handler.SupportsAutomaticDecompression) handler.AutomaticDecompression = DecompressionMethods.GZip;
        return handler;
    }

    private async Task SendAsync(HttpCall call, IObserver<HttpReply> observer, CancellationToken given)
    {
        HttpReply reply;
        try
        {
            reply = await ExchangeAsync(call, given).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            observer.OnError(fault);
            return;
        }

        observer.OnNext(reply);
        observer.OnCompleted();
    }

    private async Task<HttpReply> ExchangeAsync(HttpCall call, CancellationToken given)
    {
        using var request = HttpClientMessages.Request(call);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, given).ConfigureAwait(false);
        var body = await BodyAsync(response, given).ConfigureAwait(false);
        return new HttpReply((int)response.StatusCode, HttpClientMessages.Headers(response), body);
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken given)
    {
        // Null in the netstandard2.1 world, when a handler sets none.
        if (response.Content is not { } content) return Array.Empty<byte>();
        if (content.Headers.ContentLength > _maxReplyBytes) throw new HttpReplyTooLargeException(_maxReplyBytes);

        // The overload that takes a token is missing from netstandard2.1. With the headers read it does no I/O.
#pragma warning disable CA2016
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#pragma warning restore CA2016
        using var body = new BoundedBody(_maxReplyBytes);
        await stream.CopyToAsync(body, given).ConfigureAwait(false);
        return body.ToArray();
    }
}
