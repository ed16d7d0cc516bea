using System;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Loopback.Server;

internal sealed class ProbeSocket(ClientWebSocket socket) : IDisposable
{
    public int Alias { get; set; }

    public string Player { get; set; } = "";

    public string Token { get; set; } = "";

    public ClientWebSocket Raw => socket;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool isFinal = true) =>
        socket.SendAsync(bytes, type, isFinal, default).InTime();

    /// <summary>The next text frame; a close is rendered as <c>CLOSED code reason</c>, a loss as <c>CLOSED 1006</c>.</summary>
    public async Task<string> NextAsync()
    {
        var buffer = new byte[16 * 1024];
        var text = new MemoryStream();
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, default).InTime();
                if (received.MessageType == WebSocketMessageType.Close)
                    return $"CLOSED {(int)socket.CloseStatus!} {socket.CloseStatusDescription}".TrimEnd();
                text.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                    return Encoding.UTF8.GetString(text.ToArray());
            }
        }
        catch (WebSocketException)
        {
            return "CLOSED 1006";
        }
    }

    /// <summary>Fails unless the next thing that comes is the answer to a heartbeat: nothing else had been sent.</summary>
    public async Task<string> NothingButHeartbeatAsync()
    {
        await SendAsync("v1.heartbeat");
        return await NextAsync();
    }

    public Task CloseAsync(int code = 1000, string? reason = null) =>
        socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, default).InTime();

    /// <summary>Vanishes without a close frame.</summary>
    public void Terminate() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
