using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Talo.Reactive.Benchmarks.Frames;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>
/// The other process: a bare WebSocket server that writes what was serialised beforehand, and does as little as it can get away
/// with, so that the receiver is what is measured. It ends with the process that started it.
/// </summary>
internal sealed class SenderServer
{
    private readonly ConcurrentDictionary<string, Workload> workloads = new();
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal const string Verb = "sender";

    /// <summary>Prints its port, and serves until the standard input ends.</summary>
    internal static async Task RunAsync()
    {
        var server = new SenderServer();
        var port = server.Listen();
        Console.WriteLine(port);
        _ = server.AcceptAsync();
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }

    /// <summary>A workload, serialised at its first use.</summary>
    internal Workload Workload(string name) => workloads.GetOrAdd(name, Frames.Workload.Of);

    private int Listen()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = new SenderConnection(this, socket).RunAsync();
        }
    }
}
