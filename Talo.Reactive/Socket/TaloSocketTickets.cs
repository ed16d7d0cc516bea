using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;

namespace Talo.Reactive;

/// <summary>Tickets that open a connection of the Talo Socket. The client gets its own; this is for a socket of the game's own.</summary>
public sealed class TaloSocketTickets
{
    private readonly SocketTickets tickets;
    private readonly ApiCalls calls;
    private readonly Lifetime lifetime;

    internal TaloSocketTickets(SocketTickets tickets, ApiCalls calls, Lifetime lifetime)
    {
        this.tickets = tickets;
        this.calls = calls;
        this.lifetime = lifetime;
    }

    /// <summary>Gets a ticket: good for one connection within 300 s. Needs no scope and no player. <c>POST /v1/socket-tickets</c>.</summary>
    /// <exception cref="TaloException">The access key was refused, too many requests (20 a minute and address), no network.</exception>
    public Task<string> CreateTicketAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(tickets.Create(), cancellationToken);
    }
}
