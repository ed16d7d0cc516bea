#if !NET8_0_OR_GREATER
using System;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// The upgrade on the netstandard2.1 build where .NET 7 or later runs it: only there can a socket be told how to connect, and this
/// build has to look the call for it up. What a game set for the socket is taken over.
/// </summary>
internal sealed class LateBoundInvoker : UpgradeInvoker
{
    // By constants only, so that trimming sees what is meant.
    private static readonly Func<ClientWebSocket, Uri, HttpMessageInvoker, CancellationToken, Task>? Connect =
        typeof(ClientWebSocket).GetMethod(nameof(ClientWebSocket.ConnectAsync), new[] { typeof(Uri), typeof(HttpMessageInvoker), typeof(CancellationToken) })
            ?.CreateDelegate(typeof(Func<ClientWebSocket, Uri, HttpMessageInvoker, CancellationToken, Task>))
            as Func<ClientWebSocket, Uri, HttpMessageInvoker, CancellationToken, Task>;

    private LateBoundInvoker(HttpMessageHandler handler)
        : base(handler, isOwn: true)
    {
    }

    /// <summary>Whether the runtime has the call. A browser connects in its own way, and follows no redirect.</summary>
    internal static bool IsSupported { get; } = Connect is not null && !RuntimeInformation.IsOSPlatform(OSPlatform.Create("BROWSER"));

    /// <summary>The one for a socket with these options, which no longer name what it does for them.</summary>
    internal static LateBoundInvoker For(ClientWebSocketOptions options, IWebProxy? defaultProxy)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = options.Cookies is not null };
        if (!ReferenceEquals(options.Proxy, defaultProxy))
        {
            handler.UseProxy = options.Proxy is not null;
            handler.Proxy = options.Proxy;
            options.Proxy = null;
        }

        handler.Credentials = options.UseDefaultCredentials ? CredentialCache.DefaultCredentials : options.Credentials;
        options.UseDefaultCredentials = false;
        options.Credentials = null;
        if (options.Cookies is { } cookies) handler.CookieContainer = cookies;
        options.Cookies = null;
        if (options.RemoteCertificateValidationCallback is { } check)
            handler.ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) => check(request, certificate, chain, errors);
        options.RemoteCertificateValidationCallback = null;
        if (options.ClientCertificates is { Count: > 0 } certificates)
        {
            handler.ClientCertificateOptions = ClientCertificateOption.Manual;
            handler.ClientCertificates.AddRange(certificates);
            options.ClientCertificates = new();
        }

        return new(handler);
    }

    internal Task ConnectAsync(ClientWebSocket socket, Uri address, CancellationToken given) => Connect!(socket, address, this, given);
}
#endif
