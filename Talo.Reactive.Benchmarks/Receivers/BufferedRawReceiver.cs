using System.Net.Http;
using System.Net.Sockets;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>The raw loop with 64 KB read from the socket at once, beneath the <see cref="System.Net.WebSockets.ClientWebSocket"/>.</summary>
internal sealed class BufferedRawReceiver : RawReceiver
{
    private const int ReadBytes = 64 * 1024;

    protected override HttpMessageInvoker Connector() => new(new SocketsHttpHandler
    {
        ConnectCallback = static async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new ReadBufferedStream(new NetworkStream(socket, ownsSocket: true), ReadBytes);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
