using Talo.Reactive.Loopback.Sockets;

namespace Talo.Reactive.Loopback.Faults;

/// <summary>
/// The sockets that a fault is about: all of them, which is the default, those of one alias, or one connection. An alias id and a
/// <see cref="LoopbackConnection"/> convert to it.
/// </summary>
public readonly record struct FaultTarget
{
    private readonly int? aliasId;
    private readonly long? connectionId;

    private FaultTarget(int? aliasId, long? connectionId)
    {
        this.aliasId = aliasId;
        this.connectionId = connectionId;
    }

    /// <summary>Every socket, those that connect later among them.</summary>
    public static FaultTarget All => default;

    /// <summary>The sockets that are identified as an alias, at each moment.</summary>
    public static FaultTarget Alias(int aliasId) => new(aliasId, null);

    /// <summary>One socket, by its <see cref="LoopbackConnection.Id"/>.</summary>
    public static FaultTarget Connection(long connectionId) => new(null, connectionId);

    /// <summary><see cref="Alias"/>.</summary>
    public static implicit operator FaultTarget(int aliasId) => Alias(aliasId);

    /// <summary><see cref="Connection"/>.</summary>
    public static implicit operator FaultTarget(LoopbackConnection connection) => Connection(connection.Id);

    internal bool Concerns(Connection connection) =>
        (aliasId is null || connection.Alias?.Id == aliasId) && (connectionId is null || connection.Id == connectionId);
}
