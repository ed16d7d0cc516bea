using System;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;

namespace Talo.Reactive;

/// <summary>Who plays.</summary>
public sealed class TaloPlayers
{
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly SocketTokens tokens;
    private readonly TaloConnection connection;
    private readonly Turns turns;
    private readonly Lifetime lifetime;

    internal TaloPlayers(TaloHttp http, ApiCalls calls, SocketTokens tokens, TaloConnection connection, Turns turns, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.tokens = tokens;
        this.connection = connection;
        this.turns = turns;
        this.lifetime = lifetime;
    }

    /// <summary>
    /// Finds the player, or makes one, and plays as it from now on: the socket identifies itself, on this connection and on each
    /// later one. When another player was identified on the socket, the connection is reset first. <c>GET /v1/players/identify</c>;
    /// scope <c>read:players</c>, to make a player also <c>write:players</c>.
    /// </summary>
    /// <param name="service">Where the identifier comes from, such as <c>username</c>, <c>email</c>, <c>custom</c>.</param>
    /// <param name="identifier">The player's name there.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>Completes with the HTTP answer; <see cref="ITaloSocket.WhenIdentifiedAsync"/> waits for the socket.</returns>
    /// <exception cref="ArgumentException">The service or the identifier is blank.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> IdentifyAsync(string service, string identifier, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(service))
            throw new ArgumentException("Name the service that the identifier comes from, for instance \"username\".", nameof(service));
        if (string.IsNullOrWhiteSpace(identifier))
            throw new ArgumentException("Give the player's identifier: a user name, an e-mail address, or an id of the game's own.", nameof(identifier));
        if (IdentifyCall.SpendsTicket(service)) http.Conceal(identifier);
        return calls.Run(http.Send(IdentifyCall.Request(service, identifier), IdentifyCall.Read).Select(Became), cancellationToken);
    }

    /// <summary>
    /// Gets a new socket token for the current player; the one before stops working for new connections. The client does this by
    /// itself when it has to. <c>POST /v1/players/socket-token</c>; scope <c>write:players</c>.
    /// </summary>
    /// <exception cref="TaloException">No player is known, or the server refused.</exception>
    public Task<string> CreateSocketTokenAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("CreateSocketTokenAsync");
        return calls.Run(tokens.Create(alias.Id, background: false).Do(connection.SetToken), cancellationToken);
    }

    /// <summary>
    /// Plays as nobody from now on. What was to be sent as the player is refused, and where the socket knew it, the connection is
    /// reset.
    /// </summary>
    public void ClearIdentity()
    {
        lifetime.ThrowIfDisposed();
        connection.SetIdentity(null);
    }

    private PlayerAlias Became(IdentifyCall.Identified identified)
    {
        connection.SetIdentity(new Identity(identified.Alias, identified.SocketToken, turns.Now));
        return identified.Alias;
    }
}
