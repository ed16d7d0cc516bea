using System;
using System.Globalization;
using System.Reactive;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>Channels: groups of players that talk. Every HTTP call here may fail with a <see cref="TaloException"/>.</summary>
public sealed class TaloChannels
{
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly TaloConnection connection;
    private readonly Outgoing outgoing;
    private readonly ChannelRoute<ChannelMessage> route;
    private readonly Lifetime lifetime;

    internal TaloChannels(TaloHttp http, ApiCalls calls, TaloConnection connection, Outgoing outgoing, ChannelRoute<ChannelMessage> route, Lifetime lifetime)
    {
        this.http = http;
        this.calls = calls;
        this.connection = connection;
        this.outgoing = outgoing;
        this.route = route;
        this.lifetime = lifetime;
        Messages = new StreamFace<ChannelMessage>(route.All);
    }

    /// <summary>
    /// What is said in the channels that the player is a member of, the player's own messages included. Hot, shared, decoded once
    /// for all observers, on the socket's thread; completes when the client is disposed. Scope <c>read:gameChannels</c>.
    /// Talo Socket: <c>v1.channels.message</c>.
    /// </summary>
    public IObservable<ChannelMessage> Messages { get; }

    /// <summary>One channel's streams. Costs nothing until somebody subscribes, and asks the server for nothing.</summary>
    public TaloChannel In(int channelId) => new(channelId, route.In(channelId));

    /// <summary>Makes a channel; the player is its owner and first member. Scope <c>write:gameChannels</c>. <c>POST /v1/game-channels</c>.</summary>
    /// <param name="name">The name; need not be unique.</param>
    /// <param name="options">Props, and whether it is private, cleaned up or temporary.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<Channel> CreateAsync(string name, ChannelOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (name is null) throw new ArgumentNullException(nameof(name), "Give the channel a name.");
        return Run("POST", "", "CreateAsync", (options ?? new ChannelOptions()).ToJson(name), cancellationToken);
    }

    /// <summary>Finds a channel by its id. Scope <c>read:gameChannels</c>; needs no player. <c>GET /v1/game-channels/:id</c>.</summary>
    public Task<Channel> FindAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(http.Send(new TaloRequest("GET", Path(channelId, "")), Read), cancellationToken);
    }

    /// <summary>
    /// Joins a channel: membership lasts beyond this connection. Joining again changes nothing. Scope <c>write:gameChannels</c>.
    /// <c>POST /v1/game-channels/:id/join</c>; the members hear <c>v1.channels.player-joined</c>.
    /// </summary>
    public Task<Channel> JoinAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return Run("POST", $"/{Number(channelId)}/join", "JoinAsync", null, cancellationToken);
    }

    /// <summary>
    /// Leaves a channel; leaving one the player is not in changes nothing. An auto-cleanup channel is deleted when its owner or
    /// its last member leaves. Scope <c>write:gameChannels</c>. <c>POST /v1/game-channels/:id/leave</c>.
    /// </summary>
    public Task LeaveAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("LeaveAsync");
        var request = new TaloRequest("POST", Path(channelId, "/leave")) { AliasId = alias.Id };
        return calls.Run(http.Send(request).Select(static _ => Unit.Default), cancellationToken);
    }

    /// <summary>
    /// Says something in a channel. The frame waits, in order, for the connection, the player's identification and its turn.
    /// Scope <c>write:gameChannels</c>; the player has to be a member. Talo Socket: <c>v1.channels.message</c>.
    /// </summary>
    /// <returns>Completes when the frame is written; <see cref="DeliverAsync"/> follows it further.</returns>
    /// <exception cref="TaloSendException">Refused, or unknown: the link ended under it.</exception>
    public Task SendMessageAsync(int channelId, string message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return outgoing.SendMessageAsync(channelId, Given(message), options, cancellationToken);
    }

    /// <summary>
    /// Says something in a channel and follows it to its end: the server's echo, its error, or neither within
    /// <see cref="TimeoutOptions.Delivery"/>. It is never sent twice.
    /// </summary>
    /// <remarks>
    /// The protocol has no request ids. An echo is known by its sender, channel and text, so that the same text from another
    /// device of the same player can confirm wrongly. An error is known by elimination only. Without the scope
    /// <c>read:gameChannels</c> there is no echo, and the outcome is unknown.
    /// </remarks>
    /// <exception cref="TaloSendException">It was refused before it left.</exception>
    public Task<Delivery> DeliverAsync(int channelId, string message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return outgoing.DeliverAsync(channelId, Given(message), options, cancellationToken);
    }

    private static string Given(string message) =>
        message ?? throw new ArgumentNullException(nameof(message), "Give a text; it may be empty.");

    private static Channel Read(ref System.Text.Json.Utf8JsonReader reader) => Member.Entity(ref reader, "channel"u8, ChannelJson.Read);

    private static string Path(int channelId, string rest) => $"/v1/game-channels/{Number(channelId)}{rest}";

    private static string Number(int id) => id.ToString(CultureInfo.InvariantCulture);

    private Task<Channel> Run(string method, string rest, string call, byte[]? body, CancellationToken cancellation)
    {
        var alias = connection.RequirePlayer(call);
        return calls.Run(http.Send(new TaloRequest(method, "/v1/game-channels" + rest) { AliasId = alias.Id, Body = body }, Read), cancellation);
    }
}
