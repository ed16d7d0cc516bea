using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// One transaction: it holds the lock of the world, sees one instant, and commits on dispose. Socket frames are queued while
/// it is held, so that all connections see changes in one order.
/// </summary>
internal sealed class Change : IDisposable
{
    // Long enough for healthy clients, short enough that one that does not read holds no HTTP answer up.
    private static readonly TimeSpan WriteGrace = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate;
    private readonly List<IStored> written = [];
    private readonly HashSet<Connection> notified = [];

    public Change(World world, Lock gate)
    {
        gate.Enter();
        this.gate = gate;
        World = world;
        Now = world.Options.Clock.GetUtcNow();
    }

    public World World { get; }

    public DateTimeOffset Now { get; }

    public T Store<T>(T row)
        where T : IStored
    {
        written.Add(row);
        return row;
    }

    public void Send(Connection connection, OutboundFrame frame)
    {
        connection.Send(frame);
        notified.Add(connection);
    }

    /// <summary>Completes when the frames of this change have been written, or soon: a client that does not read cannot hold it.</summary>
    public async Task WrittenAsync()
    {
        try
        {
            await Task.WhenAll(notified.Select(connection => connection.Outbox.DrainedAsync())).WaitAsync(WriteGrace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }
    }

    public void Dispose()
    {
        foreach (var row in written)
            row.Commit();
        gate.Exit();
        World.Signal();
    }
}
