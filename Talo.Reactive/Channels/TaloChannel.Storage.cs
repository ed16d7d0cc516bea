using System;
using Talo.Reactive.Channels.Storage;

namespace Talo.Reactive;

// What the members of the channel share.
public sealed partial class TaloChannel
{
    /// <summary>What was written to its storage. As <see cref="TaloChannels.StorageUpdated"/>, for this channel only.</summary>
    public IObservable<ChannelStorageUpdated> StorageUpdated { get; }

    /// <summary>
    /// What some keys of the channel's storage hold, and from then on each change of it, whoever makes it. Scope
    /// <c>read:gameChannels</c>; the player has to be identified on the socket and a member.
    /// <c>GET /v1/game-channels/:id/storage/list</c> for every 50 keys, then <c>v1.channels.storage.updated</c>.
    /// </summary>
    /// <param name="keys">The keys; those of lists end in <c>[]</c>.</param>
    /// <remarks>
    /// <para>Cold: nothing is asked before somebody subscribes and the player is identified. All who watch the channel share one
    /// watch, which asks for each key once and ends with its last observer. Values come on the socket's thread, one at a time.</para>
    /// <para>The first value comes when every key was read; later ones only where a value changed. After a reconnect the keys are
    /// read again, behind the game's own calls, so that what was missed is made up for. A value may be older than the last
    /// write while the event of that is still under way; when all have arrived, it is what the server has.</para>
    /// <para>Fails with the server's <see cref="TaloException"/> when it refuses for good: no member (403), no such channel (404). A
    /// network or a server that is down is tried again, at the pace of <see cref="ReconnectOptions"/>. While the client is on its
    /// way into the channel by <see cref="Joined"/>, or back into one of temporary membership, it waits for that.</para>
    /// <para>Completes when the channel is deleted, when the player leaves it, when the game plays as somebody else or as nobody,
    /// and when the client is disposed.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There are no keys, or one is null or empty.</exception>
    public IObservable<ChannelStorage> Storage(params string[] keys) =>
        channels.Storages.Of(Id, StorageKeys.Given(keys, nameof(keys)));
}
