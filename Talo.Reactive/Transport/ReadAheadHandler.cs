#if NET8_0_OR_GREATER
using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>How a <see cref="ClientWebSocket"/> connects so that it reads ahead. What a game set for the socket is taken over.</summary>
internal sealed class ReadAheadHandler : IDisposable
{
    // The one of all sockets that are not set up in a way of their own. It pools no connection, and lives as long as the process.
    private static readonly Lazy<HttpMessageInvoker> Shared = new(() => new HttpMessageInvoker(Make(ArrayPool<byte>.Shared)));

    private readonly HttpMessageInvoker? own;

    private ReadAheadHandler(HttpMessageInvoker invoker, HttpMessageInvoker? own)
    {
        Invoker = invoker;
        this.own = own;
    }

    /// <summary>Whether this platform's HTTP is the one that can be given a stream of one's own.</summary>
    internal static bool IsSupported => SocketsHttpHandler.IsSupported;

    internal HttpMessageInvoker Invoker { get; }

    /// <summary>The handler for a socket with these options, which no longer name what the handler does for them.</summary>
    internal static ReadAheadHandler For(ClientWebSocketOptions options, IWebProxy? defaultProxy, ArrayPool<byte> pool)
    {
        if (IsPlain(options, defaultProxy) && ReferenceEquals(pool, ArrayPool<byte>.Shared)) return new(Shared.Value, null);

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

        var own = new HttpMessageInvoker(handler);
        return new(own, own);
    }

    public void Dispose() => own?.Dispose();

    private static bool IsPlain(ClientWebSocketOptions options, IWebProxy? defaultProxy) =>
        ReferenceEquals(options.Proxy, defaultProxy)
        && !options.UseDefaultCredentials
        && options is { Credentials: null, Cookies: null, RemoteCertificateValidationCallback: null }
        && options.ClientCertificates.Count == 0;

    private static SocketsHttpHandler Make(ArrayPool<byte> pool) => new()
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
        // Above TLS, so that what it holds are the bytes that the WebSocket asks for.
        PlaintextStreamFilter = (context, _) => new ValueTask<Stream>(new ReadAheadStream(context.PlaintextStream, pool)),
    };
}
#endif
