using System;
using System.Linq;
using System.Threading;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// The one timer that pings every connection and terminates those that have shown no sign of life since the last ping.
/// </summary>
internal sealed class PingTimer : IDisposable
{
    private readonly World world;
    private readonly Func<Connection, bool> isStalled;
    private readonly ITimer timer;

    public PingTimer(World world, Func<Connection, bool> isStalled)
    {
        this.world = world;
        this.isStalled = isStalled;
        timer = world.Options.Clock.CreateTimer(_ => Tick(), null, world.Options.PingInterval, world.Options.PingInterval);
    }

    public void Dispose() => timer.Dispose();

    private void Tick()
    {
        using var change = world.Begin();
        foreach (var connection in world.Connections.All.Where(connection => !isStalled(connection)).ToList())
        {
            if (!connection.IsAlive)
            {
                connection.Abort();
                continue;
            }
            connection.IsAlive = false;
            connection.Send(OutboundFrame.Ping);
        }
    }
}
