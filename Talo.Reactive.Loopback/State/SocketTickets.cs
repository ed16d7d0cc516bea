using System;
using System.Collections.Generic;

namespace Talo.Reactive.Loopback.State;

internal sealed class SocketTickets(TimeSpan lifetime)
{
    private readonly Dictionary<string, (AccessKey Key, DateTimeOffset Expires)> open = new(StringComparer.Ordinal);

    public string Issue(AccessKey key, DateTimeOffset now)
    {
        var ticket = Guid.NewGuid().ToString();
        open.Add(ticket, (key, now + lifetime));
        return ticket;
    }

    /// <summary>The key behind a ticket. A ticket is gone after the first attempt, whatever comes of it.</summary>
    public AccessKey? Redeem(string? ticket, DateTimeOffset now) =>
        ticket is not null && open.Remove(ticket, out var entry) && now < entry.Expires && !entry.Key.IsRevoked ? entry.Key : null;

    public void Clear() => open.Clear();
}
