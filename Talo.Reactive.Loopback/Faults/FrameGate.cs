using System;
using System.Threading.Tasks;
using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>Holds the frames to one client back while a fault says so.</summary>
internal sealed class FrameGate(LoopbackFaults faults, Connection connection)
{
    public bool IsOpen => !faults.Hinders(connection);

    public Task PassAsync(DateTimeOffset queuedAt) => faults.PassAsync(connection, queuedAt);
}
