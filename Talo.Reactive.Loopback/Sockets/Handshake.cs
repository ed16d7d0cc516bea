using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>The HTTP half of a WebSocket: no extension is negotiated, the first offered subprotocol is echoed.</summary>
internal static class Handshake
{
    public static bool IsAskedFor(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the request is no proper WebSocket handshake; it has been answered then.</summary>
    public static async Task<Stream?> AcceptAsync(HttpContext context)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        if (context.Request.Headers.SecWebSocketVersion != "13" || !IsKey(key))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(key);
        var offered = context.Request.Headers.SecWebSocketProtocol.ToString().Split(',').Select(name => name.Trim()).First();
        if (offered.Length > 0)
            headers.SecWebSocketProtocol = offered;
        return await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync().ConfigureAwait(false);
    }

    private static bool IsKey(string key) => key.Length == 24 && Convert.TryFromBase64String(key, new byte[18], out var count) && count == 16;

    // The hash is the protocol's (RFC 6455), it protects nothing.
#pragma warning disable CA5350
    private static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
