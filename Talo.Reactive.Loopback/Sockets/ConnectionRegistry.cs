using System.Collections.Generic;
using Talo.Reactive.Loopback.State;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>The connections that have passed their ticket check, in the order in which they did.</summary>
internal sealed class ConnectionRegistry
{
    private readonly List<Connection> connections = [];

    public IReadOnlyList<Connection> All => connections;

    public void Add(Connection connection) => connections.Add(connection);

    public bool Remove(Connection connection) => connections.Remove(connection);

    public void Clear() => connections.Clear();

    public IEnumerable<Connection> Of(Game game, string scope)
    {
        foreach (var connection in connections)
        {
            if (connection.Game == game && connection.Key.Has(scope))
                yield return connection;
        }
    }

    public IEnumerable<Connection> Identified(Game game, string scope)
    {
        foreach (var connection in Of(game, scope))
        {
            if (connection.Alias is not null)
                yield return connection;
        }
    }
}
