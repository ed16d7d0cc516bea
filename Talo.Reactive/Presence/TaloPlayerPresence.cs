using System;
using System.Reactive.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Who is online, and what players say of it. Every call may fail with a <see cref="TaloException"/>.</summary>
/// <remarks>
/// <para>The server sets a player online when the socket identifies it and offline when any socket of it closes, also when another
/// one is open; the custom status stays.</para>
/// <para>After a reconnect the server may notice the end of the old link late and mark a player offline that is there. The client
/// heals that: it sets its player online, once for each link of its own that ended within the last 90 s, unless the game has set
/// the player offline. And where the game has, the client says so again after each identification, which sets online. What
/// fails of it is reported on <see cref="ITaloSocket.Faults"/> and not tried again. The key needs <c>read:playerPresence</c>
/// and <c>write:playerPresence</c> for it: without them nothing is healed.
/// Two devices of one player that lose their links together may spend both calls on the first late end and leave the player
/// offline at the second: <see cref="SetOnlineAsync"/> is the way out.</para>
/// </remarks>
public sealed class TaloPlayerPresence
{
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly TaloConnection connection;
    private readonly PresenceKeeper keeper;
    private readonly Turns turns;
    private readonly Lifetime lifetime;
    private readonly PresenceBook book = new();
    private readonly SharedQuery<string, PlayerPresence> presences;

    internal TaloPlayerPresence(
        TaloHttp http, ApiCalls calls, TaloConnection connection, Snapshots snapshots, EventStreams streams, Turns turns, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.connection = connection;
        this.turns = turns;
        this.lifetime = lifetime;
        keeper = new PresenceKeeper(http, connection, streams, turns);
        Changes = new StreamFace<PresenceChange>(new DerivedStream<PresenceChange>(
            "PlayerPresence.Changes", streams.PresenceUpdated.Select(book.Read), turns.Deliveries, streams.Faults));
        presences = new SharedQuery<string, PlayerPresence>(
            static player => $"PlayerPresence.Of({player})",
            player => snapshots
                .Follow(
                    Ask(player, isBackground: true),
                    streams.PresenceUpdated.Select(static x => x.Presence).Where(x => x.PlayerAlias?.Player.Id == player),
                    static state => state.Status is ConnectionStatus.Identified)
                .DistinctUntilChanged(static x => (x.Online, x.CustomStatus)),
            turns,
            streams.Faults);
    }

    /// <summary>Whether the game has set its player offline.</summary>
    internal bool IsOfflineByChoice => keeper.IsOfflineByChoice;

    /// <summary>
    /// The presence of every player of the game each time that it is set, the player's own included, with what changed as seen
    /// from here. Hot, shared, decoded once for all observers, on the socket's thread; completes when the client is disposed, and
    /// never calls OnError. The player has to be identified on the socket; scope <c>read:playerPresence</c>.
    /// Talo Socket: <c>v1.players.presence.updated</c>.
    /// </summary>
    public IObservable<PresenceChange> Changes { get; }

    /// <summary>
    /// The presence of one player as it is now and as it becomes: each different one once. Cold and shared: the first observer
    /// asks the server, events follow, and each time that the player is identified on the socket again the server is asked again,
    /// since changes between were not heard. A later observer hears the last presence first; the last one that leaves releases it.
    /// </summary>
    /// <remarks>
    /// OnError with a <see cref="TaloException"/> when the server refuses for good (no such player, no scope
    /// <c>read:playerPresence</c>); what may pass is tried again with growing waits. Completes when the client is disposed. Events
    /// come only while this client's player is identified. <c>GET /v1/players/presence/:id</c>, behind the game's own calls.
    /// </remarks>
    /// <param name="playerId">The id of the player (<see cref="Player.Id"/>), not of an alias.</param>
    /// <exception cref="ArgumentException">The id is blank, <c>.</c> or <c>..</c>.</exception>
    public IObservable<PlayerPresence> Of(string playerId) => presences.Of(Given(playerId));

    /// <summary>As <see cref="Of(string)"/>, for the player behind an alias.</summary>
    /// <exception cref="ArgumentException">The alias says nothing of its player.</exception>
    public IObservable<PlayerPresence> Of(PlayerAlias alias)
    {
        if (alias is null) throw new ArgumentNullException(nameof(alias), "Give the alias of a player.");
        return Of(alias.Player.Id);
    }

    /// <summary>
    /// Asks for the presence of a player; one that never had a presence is offline with an empty status and no alias. Needs no
    /// player of the game's own; scope <c>read:playerPresence</c>. <c>GET /v1/players/presence/:id</c>.
    /// </summary>
    /// <param name="playerId">The id of the player (<see cref="Player.Id"/>), not of an alias.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">The id is blank, <c>.</c> or <c>..</c>.</exception>
    public Task<PlayerPresence> GetAsync(string playerId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(Ask(Given(playerId), isBackground: false), cancellationToken);
    }

    /// <summary>
    /// Shows the player online or offline; the status stays. Offline holds until the game sets online or another player plays,
    /// across reconnects. Going offline leaves the player's temporary channels. Needs a player, not the socket; scope
    /// <c>write:playerPresence</c>. <c>PUT /v1/players/presence</c>; everybody hears <see cref="Changes"/>.
    /// </summary>
    public Task<PlayerPresence> SetOnlineAsync(bool online, CancellationToken cancellationToken = default) =>
        Update(nameof(SetOnlineAsync), online, null, cancellationToken);

    /// <summary>
    /// Sets the player's status; whether the player is online stays. Needs a player, not the socket; scope
    /// <c>write:playerPresence</c>. <c>PUT /v1/players/presence</c>; everybody hears <see cref="Changes"/>.
    /// </summary>
    /// <param name="customStatus">At most 255 characters; empty for none.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<PlayerPresence> SetCustomStatusAsync(string customStatus, CancellationToken cancellationToken = default) =>
        Update(
            nameof(SetCustomStatusAsync),
            null,
            customStatus ?? throw new ArgumentNullException(nameof(customStatus), "Give a status; it may be empty."),
            cancellationToken);

    /// <summary>
    /// Sets either or both; what is null stays as it is. As <see cref="SetOnlineAsync"/> and <see cref="SetCustomStatusAsync"/>.
    /// </summary>
    /// <param name="online">Whether the player is shown online; null to leave it.</param>
    /// <param name="customStatus">At most 255 characters, empty for none; null to leave it.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">Both are null.</exception>
    public Task<PlayerPresence> UpdateAsync(bool? online = null, string? customStatus = null, CancellationToken cancellationToken = default) =>
        Update(nameof(UpdateAsync), online, customStatus, cancellationToken);

    private Task<PlayerPresence> Update(string call, bool? online, string? customStatus, CancellationToken cancellationToken)
    {
        lifetime.ThrowIfDisposed();
        if (online is null && customStatus is null) throw new ArgumentException("Say what to set: online, a custom status, or both.", nameof(online));
        if (customStatus is not null) OutgoingText.RequireWhole(customStatus, nameof(customStatus));
        var alias = connection.RequirePlayer(call);
        var request = PresenceKeeper.Request(alias.Id, Body(online, customStatus));
        return calls.Run(Observable.Defer(() =>
        {
            Action undo = online is { } shown ? keeper.Choose(alias.Player.Id, shown) : static () => { };
            return http.Send(request, Read).Do(static _ => { }, _ => undo());
        }), cancellationToken);
    }

    private static string Body(bool? online, string? customStatus)
    {
        var shown = online is null ? "" : online.Value ? "\"online\":true" : "\"online\":false";
        var status = customStatus is null ? "" : $"\"customStatus\":{OutgoingText.Quoted(customStatus)}";
        return $"{{{shown}{(shown.Length > 0 && status.Length > 0 ? "," : "")}{status}}}";
    }

    private static PlayerPresence Read(ref Utf8JsonReader reader) => Member.Entity(ref reader, "presence"u8, PlayerPresenceJson.Read);

    private static string Given(string playerId)
    {
        if (string.IsNullOrWhiteSpace(playerId)) throw new ArgumentException("Give the id of a player, as in PlayerAlias.Player.Id.", nameof(playerId));
        _ = PathAndQuery.Segment(playerId, nameof(playerId));
        return playerId;
    }

    private IObservable<PlayerPresence> Ask(string player, bool isBackground) => http
        .Send(new TaloRequest("GET", "/v1/players/presence/" + PathAndQuery.Segment(player, nameof(player))) { IsBackground = isBackground }, Read)
        .Do(presence => turns.Take(() => turns.Publish(() => book.Note(player, presence))));
}
