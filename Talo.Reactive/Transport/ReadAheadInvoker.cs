#if NET8_0_OR_GREATER
using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>How a <see cref="ClientWebSocket"/> connects so that it reads ahead: one for each dial. What a game set for the socket is taken over.</summary>
internal sealed class ReadAheadInvoker : UpgradeInvoker
{
    private static readonly HttpRequestOptionsKey<ReadAheadInvoker> OfRequest = new(nameof(ReadAheadInvoker));

    // The one of all sockets that are not set up in a way of their own. It pools no connection, and lives as long as the process.
    private static readonly Lazy<SocketsHttpHandler> Shared = new(() => Make(ArrayPool<byte>.Shared));

    // A head of two bytes, and 125 of payload.
    private const int LargestControlFrame = 127;

    private ReadAheadStream? stream;

    private ReadAheadInvoker(SocketsHttpHandler handler, bool isOwn)
        : base(handler, isOwn)
    {
    }

    /// <summary>Whether this platform's HTTP is the one that can be given a stream of one's own.</summary>
    internal static bool IsSupported => SocketsHttpHandler.IsSupported;

    /// <summary>
    /// Whether more was read than the socket has asked for, and more than a ping or a close frame has. A hint: of two that dial the
    /// same server at once, each may be told of the other's, and through a proxy it is always false.
    /// </summary>
    internal bool HasReadAhead => stream is { Held: > LargestControlFrame };

    /// <summary>The one for a socket with these options, which no longer name what it does for them.</summary>
    internal static ReadAheadInvoker For(ClientWebSocketOptions options, IWebProxy? defaultProxy, ArrayPool<byte> pool)
    {
        if (IsPlain(options, defaultProxy) && ReferenceEquals(pool, ArrayPool<byte>.Shared)) return new(Shared.Value, isOwn: false);

        var handler = Make(pool);
        if (!ReferenceEquals(options.Proxy, defaultProxy))
        {
            handler.UseProxy = options.Proxy is not null;
            handler.Proxy = options.Proxy;
            options.Proxy = null;
        }

        handler.Credentials = options.UseDefaultCredentials ? CredentialCache.DefaultCredentials : options.Credentials;
        options.UseDefaultCredentials = false;
        options.Credentials = null;
        handler.UseCookies = options.Cookies is not null;
        if (options.Cookies is { } cookies) handler.CookieContainer = cookies;
        options.Cookies = null;
        if (options.RemoteCertificateValidationCallback is { } check) handler.SslOptions.RemoteCertificateValidationCallback = check;
        options.RemoteCertificateValidationCallback = null;
        if (options.ClientCertificates is { Count: > 0 } certificates)
        {
            handler.SslOptions.ClientCertificates = new X509CertificateCollection(certificates);
            options.ClientCertificates = new X509CertificateCollection();
        }

        return new(handler, isOwn: true);
    }

    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(OfRequest, this);
        return base.SendAsync(request, cancellationToken);
    }

    private static bool IsPlain(ClientWebSocketOptions options, IWebProxy? defaultProxy) =>
        ReferenceEquals(options.Proxy, defaultProxy)
        && !options.UseDefaultCredentials
        && options is { Credentials: null, Cookies: null, RemoteCertificateValidationCallback: null }
        && options.ClientCertificates.Count == 0;

    private static SocketsHttpHandler Make(ArrayPool<byte> pool) => new()
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
        // Above TLS, so that what it holds are the bytes that the WebSocket asks for.
        PlaintextStreamFilter = (context, _) =>
        {
            var stream = new ReadAheadStream(context.PlaintextStream, pool);
            if (context.InitialRequestMessage.Options.TryGetValue(OfRequest, out var invoker)) invoker.stream = stream;
            return new ValueTask<Stream>(stream);
        },
    };
}
#endif
