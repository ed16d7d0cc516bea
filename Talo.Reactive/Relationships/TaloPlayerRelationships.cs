using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reactive;
using System.Reactive.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Who follows whom, and what is said to all followers. A subscription goes from the one who follows to the one who is followed,
/// who has to confirm it; a bidirectional one goes both ways once it is confirmed.
/// </summary>
/// <remarks>
/// Every call needs a player (<see cref="TaloPlayers.IdentifyAsync"/>), not the socket; it may fail with a
/// <see cref="TaloException"/>. The streams are hot, shared, decoded once for all observers, on the socket's thread; they need the
/// player to be identified on the socket and the scope <c>read:playerRelationships</c>, never call OnError, and complete when the
/// client is disposed. What happens while the socket is not connected is not heard: ask for the lists after a gap.
/// </remarks>
public sealed class TaloPlayerRelationships
{
    private const string Route = "/v1/players/relationships";

    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly TaloConnection connection;
    private readonly Outgoing outgoing;
    private readonly Lifetime lifetime;

    internal TaloPlayerRelationships(
        TaloHttp http, ApiCalls calls, TaloConnection connection, Outgoing outgoing, EventStreams streams, Turns turns, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.connection = connection;
        this.outgoing = outgoing;
        this.lifetime = lifetime;
        var changes = new RelationshipStreams(streams, turns, () => connection.Player);
        RequestsReceived = new StreamFace<RelationshipChange>(changes.RequestsReceived);
        Confirmed = new StreamFace<RelationshipChange>(changes.Confirmed);
        RequestsCancelled = new StreamFace<RelationshipChange>(changes.RequestsCancelled);
        Ended = new StreamFace<RelationshipChange>(changes.Ended);
        Broadcasts = new StreamFace<Broadcast>(streams.Broadcasts);
    }

    /// <summary>
    /// Somebody asks to follow the player; <see cref="ConfirmSubscriptionAsync"/> agrees. Not heard for the player's own requests.
    /// Talo Socket: <c>v1.player-relationships.subscription-created</c>.
    /// </summary>
    public IObservable<RelationshipChange> RequestsReceived { get; }

    /// <summary>
    /// Somebody has agreed to be followed by the player. Heard by the one who asked, not by the one who confirmed. The way back of
    /// a bidirectional one is not announced. Talo Socket: <c>v1.player-relationships.subscription-confirmed</c>.
    /// </summary>
    public IObservable<RelationshipChange> Confirmed { get; }

    /// <summary>
    /// A request was taken back before it was confirmed; both sides hear it.
    /// Talo Socket: <c>v1.player-relationships.subscription-deleted</c>.
    /// </summary>
    public IObservable<RelationshipChange> RequestsCancelled { get; }

    /// <summary>
    /// A confirmed subscription has ended, and where it was bidirectional the one in the other direction with it; both sides hear
    /// it. Talo Socket: <c>v1.player-relationships.subscription-deleted</c>.
    /// </summary>
    public IObservable<RelationshipChange> Ended { get; }

    /// <summary>
    /// What is said by those whom the player follows with a confirmed subscription; not what the player says. Scope
    /// <c>read:playerBroadcasts</c>. Talo Socket: <c>v1.player-relationships.broadcast</c>.
    /// </summary>
    public IObservable<Broadcast> Broadcasts { get; }

    /// <summary>
    /// Asks to follow another alias. The other one hears <see cref="RequestsReceived"/>. Scope <c>write:playerRelationships</c>.
    /// <c>POST /v1/players/relationships</c>.
    /// </summary>
    /// <param name="aliasId">Whom to follow. The server refuses the player's own alias, and a second request to the same alias.</param>
    /// <param name="type">One way, or both ways once it is confirmed.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The request, not yet confirmed.</returns>
    /// <exception cref="ArgumentException">The type is blank.</exception>
    public Task<PlayerAliasSubscription> SubscribeToAsync(int aliasId, RelationshipType type, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (string.IsNullOrWhiteSpace(type.Value))
            throw new ArgumentException("Say which kind: RelationshipType.Unidirectional or RelationshipType.Bidirectional.", nameof(type));
        var body = $"{{\"aliasId\":{Number(aliasId)},\"relationshipType\":{OutgoingText.Quoted(type.Value)}}}";
        return Run(Request("POST", "", "SubscribeToAsync") with { Body = Encoding.UTF8.GetBytes(body) }, cancellationToken);
    }

    /// <summary>
    /// Agrees to be followed. The other one hears <see cref="Confirmed"/>. Scope <c>write:playerRelationships</c>.
    /// <c>PUT /v1/players/relationships/:id/confirm</c>.
    /// </summary>
    /// <param name="subscriptionId">The request; 404 unless it is one to this player and not yet confirmed.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<PlayerAliasSubscription> ConfirmSubscriptionAsync(int subscriptionId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return Run(Confirm(subscriptionId, "ConfirmSubscriptionAsync"), cancellationToken);
    }

    /// <summary>
    /// Agrees to be followed by an alias: looks its request up and confirms it, in two calls. Scopes
    /// <c>read:playerRelationships</c>, <c>write:playerRelationships</c>.
    /// </summary>
    /// <exception cref="TaloException">That alias has no open request (status null), or the server refused. The server's list may be up to a minute old.</exception>
    public Task<PlayerAliasSubscription> ConfirmSubscriptionFromAsync(int aliasId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var list = Request("GET", "/subscribers" + new PlayerAliasSubscriptionSearch { Confirmed = false, AliasId = aliasId }.Query(0), "ConfirmSubscriptionFromAsync");
        return calls.Run(
            http.Send(list, ReadPage).SelectMany(page => page.Items.Count == 0
                ? throw new TaloException($"ConfirmSubscriptionFromAsync: alias {Number(aliasId)} has not asked to follow this player, or it is confirmed already.")
                : http.Send(Confirm(page.Items[0].Id, "ConfirmSubscriptionFromAsync") with { AliasId = list.AliasId }, Read)),
            cancellationToken);
    }

    /// <summary>
    /// Ends a subscription of the player, or takes a request back; of a bidirectional one, both directions. Both sides hear
    /// <see cref="Ended"/> or <see cref="RequestsCancelled"/>. Scope <c>write:playerRelationships</c>.
    /// <c>DELETE /v1/players/relationships/:id</c>.
    /// </summary>
    /// <param name="subscriptionId">One in which the player is the subscriber; 404 otherwise.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task RevokeSubscriptionAsync(int subscriptionId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(http.Send(Revoke(subscriptionId, "RevokeSubscriptionAsync")).Select(static _ => Unit.Default), cancellationToken);
    }

    /// <summary>
    /// No longer follows an alias: looks the subscription up, confirmed or not, and revokes it, in two calls. Scopes
    /// <c>read:playerRelationships</c>, <c>write:playerRelationships</c>.
    /// </summary>
    /// <exception cref="TaloException">The player does not follow that alias (status null), or the server refused. The server's list may be up to a minute old.</exception>
    public Task UnsubscribeFromAsync(int aliasId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var list = Request("GET", "/subscriptions" + new PlayerAliasSubscriptionSearch { AliasId = aliasId }.Query(0), "UnsubscribeFromAsync");
        return calls.Run(
            http.Send(list, ReadPage).SelectMany(page => page.Items.Count == 0
                ? throw new TaloException($"UnsubscribeFromAsync: this player does not follow alias {Number(aliasId)}.")
                : http.Send(Revoke(page.Items[0].Id, "UnsubscribeFromAsync") with { AliasId = list.AliasId }).Select(static _ => Unit.Default)),
            cancellationToken);
    }

    /// <summary>
    /// Whether the player follows an alias. Scope <c>read:playerRelationships</c>.
    /// <c>GET /v1/players/relationships/subscriptions</c>; the server's list may be up to a minute old.
    /// </summary>
    /// <param name="aliasId">Who would be followed.</param>
    /// <param name="confirmed">True: a confirmed one counts; false: only a request that waits.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<bool> IsSubscribedToAsync(int aliasId, bool confirmed = true, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var filter = new PlayerAliasSubscriptionSearch { Confirmed = confirmed, AliasId = aliasId };
        var list = Request("GET", "/subscriptions" + filter.Query(0), "IsSubscribedToAsync");
        return calls.Run(http.Send(list, ReadPage).Select(static page => page.Items.Count > 0), cancellationToken);
    }

    /// <summary>
    /// Who follows the player, or asks to, by ascending id, 50 a page. Scope <c>read:playerRelationships</c>.
    /// <c>GET /v1/players/relationships/subscribers</c>; the server's list may be up to a minute old.
    /// </summary>
    /// <param name="filter">Which ones; null for all.</param>
    /// <param name="page">From 0.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<Page<PlayerAliasSubscription>> GetSubscribersAsync(PlayerAliasSubscriptionSearch? filter = null, int page = 0, CancellationToken cancellationToken = default) =>
        List("/subscribers", "GetSubscribersAsync", filter, page, cancellationToken);

    /// <summary>
    /// Whom the player follows, or asks to, by ascending id, 50 a page. Scope <c>read:playerRelationships</c>.
    /// <c>GET /v1/players/relationships/subscriptions</c>; the server's list may be up to a minute old.
    /// </summary>
    /// <inheritdoc cref="GetSubscribersAsync" path="/param"/>
    public Task<Page<PlayerAliasSubscription>> GetSubscriptionsAsync(PlayerAliasSubscriptionSearch? filter = null, int page = 0, CancellationToken cancellationToken = default) =>
        List("/subscriptions", "GetSubscriptionsAsync", filter, page, cancellationToken);

    /// <summary>As <see cref="GetSubscribersAsync"/>, over all pages: the next is asked for when the last is used up.</summary>
    public IAsyncEnumerable<PlayerAliasSubscription> GetAllSubscribersAsync(PlayerAliasSubscriptionSearch? filter = null, CancellationToken cancellationToken = default) =>
        Pages.Walk((page, cancellation) => GetSubscribersAsync(filter, page, cancellation), cancellationToken);

    /// <summary>As <see cref="GetSubscriptionsAsync"/>, over all pages: the next is asked for when the last is used up.</summary>
    public IAsyncEnumerable<PlayerAliasSubscription> GetAllSubscriptionsAsync(PlayerAliasSubscriptionSearch? filter = null, CancellationToken cancellationToken = default) =>
        Pages.Walk((page, cancellation) => GetSubscriptionsAsync(filter, page, cancellation), cancellationToken);

    /// <summary>
    /// Says something to all confirmed followers; to none is no error. The frame waits, in order, for the connection, the player's
    /// identification and its turn. Scope <c>write:playerBroadcasts</c>. Talo Socket: <c>v1.player-relationships.broadcast</c>.
    /// </summary>
    /// <param name="text">What is said.</param>
    /// <param name="options">For instance when it expires.</param>
    /// <param name="cancellationToken">Takes it back while it waits; has no effect once its write has begun.</param>
    /// <returns>Completes when the frame is written. What the server makes of it shows on <see cref="ITaloSocket.Errors"/> only.</returns>
    /// <exception cref="TaloSendException">Refused, or unknown: the link ended under it.</exception>
    public Task BroadcastAsync(string text, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (text is null) throw new ArgumentNullException(nameof(text), "Give a text; it may be empty.");
        return outgoing.SendAsync(Requests.Broadcast, FrameWriter.Broadcast(text), options, cancellationToken);
    }

    private static PlayerAliasSubscription Read(ref Utf8JsonReader reader) => Member.Entity(ref reader, "subscription"u8, PlayerAliasSubscriptionJson.Read);

    private static Page<PlayerAliasSubscription> ReadPage(ref Utf8JsonReader reader) => PageReader.Read(ref reader, "subscriptions"u8, PlayerAliasSubscriptionJson.Read);

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);

    private TaloRequest Confirm(int id, string call) => Request("PUT", $"/{Number(id)}/confirm", call);

    private TaloRequest Revoke(int id, string call) => Request("DELETE", "/" + Number(id), call);

    private TaloRequest Request(string method, string rest, string call) =>
        new(method, Route + rest) { AliasId = connection.RequirePlayer(call).Id };

    private Task<Page<PlayerAliasSubscription>> List(string route, string call, PlayerAliasSubscriptionSearch? filter, int page, CancellationToken cancellation)
    {
        lifetime.ThrowIfDisposed();
        if (page < 0) throw new ArgumentOutOfRangeException(nameof(page), page, "Pages are counted from 0.");
        return calls.Run(http.Send(Request("GET", route + (filter ?? new PlayerAliasSubscriptionSearch()).Query(page), call), ReadPage), cancellation);
    }

    private Task<PlayerAliasSubscription> Run(TaloRequest request, CancellationToken cancellation) => calls.Run(http.Send(request, Read), cancellation);
}
