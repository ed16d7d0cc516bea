using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Transport;

/// <summary>A TCP server on a free port of the loopback that does nothing of its own accord: the test writes every byte.</summary>
internal sealed class RawPeer : IDisposable
{
    internal const string Ticket = "6f1d9a1e-3a0b-4c53-9d0e-1f6b2f7e4c10";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="listens">False for a port that refuses, and that nobody else can get meanwhile.</param>
    internal RawPeer(bool listens = true)
    {
        if (listens) _listener.Start(backlog: 512);
        else _listener.Server.Bind(_listener.LocalEndpoint);
    }

    internal int Port => ((IPEndPoint)_listener.Server.LocalEndPoint!).Port;

    internal Uri SocketAddress => new($"ws://127.0.0.1:{Port}/?ticket={Ticket}");

    internal Uri HttpAddress => new($"http://127.0.0.1:{Port}/v1/things?page=1");

    internal bool HasCaller => _listener.Pending();

    internal async Task<RawConnection> AcceptAsync() => new(await _listener.AcceptSocketAsync().InTime());

    internal async Task<RawConnection> AcceptWebSocketAsync()
    {
        var connection = await AcceptAsync();
        await connection.UpgradeAsync();
        return connection;
    }

    public void Dispose() => _listener.Stop();
}
