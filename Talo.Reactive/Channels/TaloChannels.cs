using System;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Channels.Memberships;
using Talo.Reactive.Channels.Storage;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;

namespace Talo.Reactive;

/// <summary>Channels: groups of players that talk. Every HTTP call here may fail with a <see cref="TaloException"/>.</summary>
public sealed partial class TaloChannels
{
    private readonly ChannelCalls channelCalls;
    private readonly ApiCalls calls;
    private readonly TaloConnection connection;
    private readonly Outgoing outgoing;
    private readonly Lifetime lifetime;
    private readonly ChannelMemberships memberships;

    internal TaloChannels(
        Settings settings,
        Turns turns,
        TaloHttp http,
        ApiCalls calls,
        TaloConnection connection,
        Outgoing outgoing,
        EventStreams streams,
        Lifetime lifetime)
    {
        channelCalls = new ChannelCalls(http);
        this.calls = calls;
        this.connection = connection;
        this.outgoing = outgoing;
        this.lifetime = lifetime;
        memberships = new ChannelMemberships(settings, turns, channelCalls, connection, streams);
        connection.Identification.PlayerChanged = memberships.PlayerChanged;
        Storages = new StorageWatches(settings, http, connection, memberships, turns, streams);
        Streams = streams;
        MembershipLost = new StreamFace<ChannelMembershipLost>(memberships.Lost);
        Messages = new StreamFace<ChannelMessage>(streams.ChannelMessages.All);
        PlayerJoined = new StreamFace<ChannelPlayerJoined>(streams.ChannelPlayerJoined.All);
        PlayerLeft = new StreamFace<ChannelPlayerLeft>(streams.ChannelPlayerLeft.All);
        Updated = new StreamFace<ChannelUpdated>(streams.ChannelUpdated.All);
        OwnershipTransferred = new StreamFace<ChannelOwnershipTransferred>(streams.ChannelOwnershipTransferred.All);
        Deleted = new StreamFace<ChannelDeleted>(streams.ChannelDeleted.All);
        StorageUpdated = new StreamFace<ChannelStorageUpdated>(streams.ChannelStorageUpdated.All);
        StoragePropsFailedToSet = new StreamFace<ChannelStorageResult>(streams.ChannelStorageFailed);
    }

    /// <summary>One channel's streams. Costs nothing until somebody subscribes, and asks the server for nothing.</summary>
    public TaloChannel In(int channelId) => new(this, channelId);

    /// <summary>
    /// Makes a channel; the player is its owner and first member. Scope <c>write:gameChannels</c>, and a player.
    /// <c>POST /v1/game-channels</c>; the player hears <c>v1.channels.player-joined</c>.
    /// </summary>
    /// <param name="name">The name; need not be unique.</param>
    /// <param name="options">Props, and whether it is private, cleaned up or temporary.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="ArgumentException">There is no name, or a prop has no key.</exception>
    /// <exception cref="TaloException">
    /// No player is known, props were refused (400, named in <see cref="TaloException.RejectedProps"/>; no channel is made
    /// then), or the server could not be reached.
    /// </exception>
    public Task<Channel> CreateAsync(string name, ChannelOptions? options = null, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        if (name is null) throw new ArgumentNullException(nameof(name), "Give the channel a name.");
        var alias = connection.RequirePlayer("CreateAsync");
        var body = (options ?? new ChannelOptions()).ToJson(name);
        return calls.Run(channelCalls.Create(alias.Id, body).Do(x => Entered(alias.Id, x)), cancellationToken);
    }

    /// <summary>
    /// Finds a channel by its id, a private one too. Scope <c>read:gameChannels</c>; needs no player.
    /// <c>GET /v1/game-channels/:id</c>.
    /// </summary>
    /// <exception cref="TaloException">There is no such channel (404), the server refused, or could not be reached.</exception>
    public Task<Channel> FindAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(channelCalls.Find(channelId), cancellationToken);
    }

    /// <summary>
    /// Joins a channel. Membership lasts beyond this connection, unless it is temporary: then the client goes back by itself
    /// after a broken connection (<see cref="MembershipLost"/>). Joining again changes nothing. Scope
    /// <c>write:gameChannels</c>, and a player. <c>POST /v1/game-channels/:id/join</c>; the members, the player included, hear
    /// <c>v1.channels.player-joined</c>.
    /// </summary>
    /// <exception cref="TaloException">
    /// The channel is private (403, for its members too), there is none (404), no player is known, or the server could not be
    /// reached.
    /// </exception>
    public Task<Channel> JoinAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("JoinAsync");
        return calls.Run(channelCalls.Join(alias.Id, channelId).Do(x => Entered(alias.Id, x)), cancellationToken);
    }

    /// <summary>
    /// Leaves a channel; leaving one the player is not in changes nothing. An owner gives it up with that, and an auto-cleanup
    /// channel is deleted when its owner or its last member leaves. <see cref="TaloChannel.Joined"/> of it completes. Scope
    /// <c>write:gameChannels</c>, and a player. <c>POST /v1/game-channels/:id/leave</c>; the members, the player included, hear
    /// <c>v1.channels.player-left</c>.
    /// </summary>
    /// <exception cref="TaloException">
    /// There is no such channel (404), no player is known, or the server could not be reached.
    /// </exception>
    public Task LeaveAsync(int channelId, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var alias = connection.RequirePlayer("LeaveAsync");
        memberships.Signal(channelId, alias.Id, new MembershipSignal.LeaveAsked());
        var leave = channelCalls.Leave(alias.Id, channelId).Do(
            _ => memberships.Signal(channelId, alias.Id, new MembershipSignal.LeaveEnded(true)),
            _ => memberships.Signal(channelId, alias.Id, new MembershipSignal.LeaveEnded(false)));
        return calls.Run(leave, cancellationToken);
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

    private void Entered(int alias, Channel channel) =>
        memberships.Signal(channel.Id, alias, new MembershipSignal.JoinedByGame(channel));
}
