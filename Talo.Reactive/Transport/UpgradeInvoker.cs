using System.Net.Http;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>How a <see cref="ClientWebSocket"/> connects: one for each dial. A redirect is refused, since the frames after it carry tokens.</summary>
internal abstract class UpgradeInvoker : HttpMessageInvoker
{
    /// <param name="handler">Follows no redirect.</param>
    /// <param name="isOwn">Whether the handler ends with this.</param>
    private protected UpgradeInvoker(HttpMessageHandler handler, bool isOwn)
        : base(handler, isOwn)
    {
    }

    public override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        if (status is < 300 or > 399) return response;

        // Where it leads is not told: a server may put the ticket there.
        response.Dispose();
        throw new WebSocketException(
            WebSocketError.NotAWebSocket,
            $"The server answered with status {status}, a redirect, which is not followed: set TaloClientOptions.SocketUrl to the address of the socket itself.");
    }
}
