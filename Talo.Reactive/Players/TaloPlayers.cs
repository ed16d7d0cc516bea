using System;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Players;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Who plays. Every HTTP call here may fail with a <see cref="TaloException"/>.</summary>
/// <remarks>
/// The streams are hot and shared, delivered one at a time in order with those of the socket, never end in an error, and complete
/// when the client is disposed.
/// </remarks>
public sealed partial class TaloPlayers
{
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly SocketTokens tokens;
    private readonly TaloConnection connection;
    private readonly PlayerIdentity identity;
    private readonly PlayerProps props;
    private readonly Lifetime lifetime;

    internal TaloPlayers(TaloHttp http, ApiCalls calls, SocketTokens tokens, TaloConnection connection, PlayerIdentity identity, PlayerProps props, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.tokens = tokens;
        this.connection = connection;
        this.identity = identity;
        this.props = props;
        this.lifetime = lifetime;
        IdentificationStarted = new StreamFace<string>(identity.Events.IdentificationStarted);
        Identified = new StreamFace<PlayerAlias>(identity.Events.Identified);
        IdentificationFailed = new StreamFace<IdentificationFailed>(identity.Events.IdentificationFailed);
        IdentityCleared = new StreamFace<PlayerAlias>(identity.Events.IdentityCleared);
        PropsRejected = new StreamFace<PropsRejected>(identity.Events.PropsRejected);
    }

    /// <summary>
    /// The service of each call that begins to identify: <c>username</c>, <c>steam</c>, <c>talo</c>… <see cref="Identified"/> or
    /// <see cref="IdentificationFailed"/> follows, neither when the call is given up.
    /// </summary>
    public IObservable<string> IdentificationStarted { get; }

    /// <summary>
    /// Who the game plays as from now on, each time that a call has identified somebody. The socket follows by itself:
    /// <see cref="ITaloSocket.States"/> tells when.
    /// </summary>
    public IObservable<PlayerAlias> Identified { get; }

    /// <summary>Calls that could not identify. They change nothing: who was known before stays.</summary>
    public IObservable<IdentificationFailed> IdentificationFailed { get; }

    /// <summary>
    /// Who the game no longer plays as, when it plays as nobody from then on: <see cref="ClearIdentity"/>, signed out, or the session
    /// was ended elsewhere. A network that fails is never a reason.
    /// </summary>
    public IObservable<PlayerAlias> IdentityCleared { get; }

    /// <summary>
    /// Props of the current player that were not saved: those that the server refuses, and all of a request that it refuses for good.
    /// What a network kept back is tried again instead. The server forgets the earlier value of a prop that it refuses.
    /// </summary>
    public IObservable<PropsRejected> PropsRejected { get; }

    /// <summary>
    /// Finds the player, or makes one, and plays as it from now on: the socket identifies itself, on this connection and on each
    /// later one. When another player was identified on the socket, the connection is reset first. <c>GET /v1/players/identify</c>;
    /// scope <c>read:players</c>, to make a player also <c>write:players</c>.
    /// </summary>
    /// <remarks>
    /// A player with a Talo account (service <c>talo</c>) signs in by <see cref="TaloClient.PlayerAuth"/> instead; here the one who is
    /// signed in may be identified again. Anybody else ends the session on this device, as <see cref="ClearIdentity"/> does.
    /// </remarks>
    /// <param name="service">Where the identifier comes from, such as <c>username</c>, <c>email</c>, <c>custom</c>.</param>
    /// <param name="identifier">The player's name there.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>Completes with the HTTP answer; <see cref="ITaloSocket.WhenIdentifiedAsync"/> waits for the socket.</returns>
    /// <exception cref="ArgumentException">The service or the identifier is blank, or the identifier cannot be sent.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> IdentifyAsync(string service, string identifier, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(service))
            throw new ArgumentException("Name the service that the identifier comes from, for instance \"username\".", nameof(service));
        if (string.IsNullOrWhiteSpace(identifier))
            throw new ArgumentException("Give the player's identifier: a user name, an e-mail address, or an id of the game's own.", nameof(identifier));
        // Else everybody with such a name would be one player.
        OutgoingText.RequireWhole(identifier, nameof(identifier));
        return service == IdentifyCall.Talo ? IdentifyAgain(identifier, cancellationToken) : Identify(service, identifier, cancellationToken);
    }

    /// <summary>
    /// As <see cref="IdentifyAsync"/>, by Steam: the game needs the Steam integration in the Talo dashboard, without which the ticket
    /// would be taken for a name.
    /// </summary>
    /// <param name="ticket">The hexadecimal text of a ticket from <c>GetAuthTicketForWebApi</c>. It can be used once.</param>
    /// <param name="identity">The identity that the ticket was asked for with; null when there was none.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The ticket is blank.</exception>
    /// <exception cref="TaloException">Talo or Steam refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> IdentifySteamAsync(string ticket, string? identity = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(ticket)) throw new ArgumentException("Give the ticket that Steam made for the player.", nameof(ticket));
        http.Conceal(SecretLength.Require(ticket, nameof(ticket)));
        return Identify("steam", string.IsNullOrEmpty(identity) ? ticket : $"{identity}:{ticket}", cancellationToken);
    }

    /// <summary>As <see cref="IdentifyAsync"/>, by Google Play Games: the game needs that integration in the Talo dashboard.</summary>
    /// <param name="authCode">The server auth code of the player. It can be used once.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The code is blank.</exception>
    /// <exception cref="TaloException">Talo or Google refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> IdentifyGooglePlayGamesAsync(string authCode, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(authCode))
            throw new ArgumentException("Give the server auth code that Google Play Games made for the player.", nameof(authCode));
        return Identify("google_play_games", authCode, cancellationToken);
    }

    /// <summary>As <see cref="IdentifyAsync"/>, by Apple's Game Center: the game needs that integration in the Talo dashboard.</summary>
    /// <param name="signature">What Game Center gave the game.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">A member of the signature is blank.</exception>
    /// <exception cref="TaloException">Talo or Apple refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> IdentifyGameCenterAsync(GameCenterSignature signature, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (signature is null) throw new ArgumentNullException(nameof(signature), "Give what Game Center gave for the player.");
        var identifier = signature.ToIdentifier();
        http.Conceal(SecretLength.Require(signature.Signature, nameof(signature)));
        return Identify("game_center", identifier, cancellationToken);
    }

    /// <summary>
    /// Finds a player by id, with aliases, groups and presence. Needs no player. <c>GET /v1/players/:id</c>; scope <c>read:players</c>.
    /// </summary>
    /// <remarks>Talo 0.127 leaves <see cref="Player.Props"/> empty here, whatever is stored: <see cref="SearchAsync"/> has them.</remarks>
    /// <param name="playerId">The id of the player, a UUID, as in <see cref="Player.Id"/>; not of an alias.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The id is blank, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="TaloException">There is no such player (404), the server refused, or could not be reached.</exception>
    public Task<Player> FindAsync(string playerId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        RequireId(playerId, nameof(playerId));
        return calls.Run(http.Send(PlayerCalls.Find(playerId), PlayerCalls.Answer(playerId)), cancellationToken);
    }

    /// <summary>
    /// Finds players that have the text in an identifier, a prop's value or their id, whatever its case. Needs no player.
    /// <c>GET /v1/players/search</c>; scope <c>read:players</c>.
    /// </summary>
    /// <remarks>
    /// The first 25 only: the server has no further pages. It keeps an answer for 5 s. <c>%</c> and <c>_</c> stand for anything and any
    /// one character. Development players are left out unless <see cref="TaloClientOptions.IncludeDevData"/> is set.
    /// </remarks>
    /// <param name="query">The text.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached.</exception>
    public Task<PlayerSearchPage> SearchAsync(string query, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(query)) throw new ArgumentException("Give a text to search for: part of a name, a prop's value or an id.", nameof(query));
        return calls.Run(http.Send(PlayerCalls.Search(query), PlayerSearchPage.Read), cancellationToken);
    }

    /// <summary>
    /// Merges the second player into the first and deletes it: its aliases, saves and stats move. Needs an identified player, which
    /// has to be the first one where that signs in by Talo, Steam, Google or Game Center. <c>POST /v1/players/merge</c>; scopes
    /// <c>read:players</c> and <c>write:players</c>.
    /// </summary>
    /// <remarks>
    /// Of each prop one value stays, the second player's first: of an array prop only its first value. When either is the current
    /// player, <see cref="TaloClient.CurrentPlayer"/> becomes the merged one.
    /// </remarks>
    /// <param name="playerId1">The id of the player that stays.</param>
    /// <param name="playerId2">The id of the player that is merged into it.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="ArgumentException">An id is blank, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="TaloException">No player is known, the server refused, or could not be reached.</exception>
    public Task<Player> MergeAsync(string playerId1, string playerId2, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        RequireId(playerId1, nameof(playerId1));
        RequireId(playerId2, nameof(playerId2));
        var alias = connection.RequirePlayer("MergeAsync");
        var request = PlayerCalls.Merge(playerId1, playerId2) with { AliasId = alias.Id };
        return calls.Run(http.Send(request, PlayerCalls.Answer(playerId1)).Do(merged => Merged(merged, playerId2)), cancellationToken);
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
        return calls.Run(tokens.Create(alias.Id).Do(connection.SetToken), cancellationToken);
    }

    /// <summary>
    /// Plays as nobody from now on. What was to be sent as the player is refused, and where the socket knew it, the connection is
    /// reset. The session of a player with a Talo account is forgotten on this device, also by the
    /// <see cref="PlayerAuthOptions.SessionStore"/>; <see cref="TaloPlayerAuth.LogoutAsync"/> ends it on the server too.
    /// </summary>
    public void ClearIdentity()
    {
        lifetime.ThrowIfDisposed();
        identity.Clear();
    }

    private static void RequireId(string playerId, string parameter)
    {
        if (string.IsNullOrWhiteSpace(playerId)) throw new ArgumentException("Give the id of a player, as in Player.Id.", parameter);
        _ = PathAndQuery.Segment(playerId, parameter);
    }

    private Task<PlayerAlias> Identify(string service, string identifier, CancellationToken cancellation)
    {
        if (IdentifyCall.SpendsTicket(service)) http.Conceal(SecretLength.Require(identifier, nameof(identifier)));
        return Identify(IdentifyCall.Request(service, identifier), service, cancellation);
    }

    private Task<PlayerAlias> IdentifyAgain(string identifier, CancellationToken cancellation)
    {
        if (identity.SignedIn is not { } session || !string.Equals(session.Identifier, identifier.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new TaloException("A player with a Talo account has to sign in: call PlayerAuth.LoginAsync, or PlayerAuth.StartSessionAsync where the session was kept.");
        return Identify(IdentifyCall.Request(IdentifyCall.Talo, session.Identifier) with { AliasId = session.AliasId }, IdentifyCall.Talo, cancellation);
    }

    private Task<PlayerAlias> Identify(TaloRequest request, string service, CancellationToken cancellation)
    {
        var call = http.Send(request, IdentifyCall.Answer(request.AliasId))
            .Do(identified => identity.Become(identified.Alias, identified.SocketToken))
            .Select(static identified => identified.Alias);
        return calls.Run(identity.Told(service, call), cancellation);
    }

    private void Merged(Player merged, string playerId2) => connection.UpdateAlias(alias =>
        alias.Player.Id == merged.Id || alias.Player.Id == playerId2 ? alias.With(merged) : alias);
}
