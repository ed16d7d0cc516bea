using System;
using System.Collections.Generic;

namespace Talo.Reactive.Testing;

/// <summary>Socket tickets: 300 s, single use. A ticket that a test made up counts once too.</summary>
internal sealed class ScriptedTickets
{
    private readonly ScriptClock _clock;
    private readonly Func<string> _newTicket;
    private readonly Dictionary<string, DateTimeOffset> _issued = new();
    private readonly HashSet<string> _used = new();

    internal ScriptedTickets(ScriptClock clock, Func<string> newTicket)
    {
        _clock = clock;
        _newTicket = newTicket;
    }

    internal string Issue()
    {
        var ticket = _newTicket();
        _issued[ticket] = _clock.Now;
        return ticket;
    }

    internal void Forget()
    {
        _used.Clear();
        _issued.Clear();
    }

    internal bool Redeem(string? ticket) =>
        !string.IsNullOrEmpty(ticket)
        && _used.Add(ticket)
        && (!_issued.TryGetValue(ticket, out var since) || _clock.Now - since <= TimeSpan.FromSeconds(300));
}
