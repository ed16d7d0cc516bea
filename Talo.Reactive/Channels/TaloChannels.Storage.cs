using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Channels.Storage;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

// What the members of a channel share. Nothing is cached: a read after a write sees the write.
public sealed partial class TaloChannels
{
    /// <summary>
    /// Writes to the storages of the channels that the player is a member of, the player's own included, and also those that changed
    /// nothing. Hot, as <see cref="Messages"/>. Talo Socket: <c>v1.channels.storage.updated</c>.
    /// </summary>
    /// <remarks><see cref="TaloChannel.Storage(string[])"/> makes the state of them.</remarks>
    public IObservable<ChannelStorageUpdated> StorageUpdated { get; }

    /// <summary>
    /// Writes of this client of which the server refused a part, as <see cref="SetStoragePropsAsync"/> also answers. Hot, shared, on
    /// the delivery queue; completes when the client is disposed.
    /// </summary>
    public IObservable<ChannelStorageResult> StoragePropsFailedToSet { get; }

    internal StorageWatches Storages { get; }

    /// <summary>
    /// Reads an entry. Scope <c>read:gameChannels</c>; the player has to be a member. <c>GET /v1/game-channels/:id/storage</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="key">The key, matched by case. Of one that ends in <c>[]</c>, see <see cref="GetStoragePropArrayAsync"/>: here the
    /// server writes the whole list into one text, as JSON.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The entry; null when it is not there. Its <see cref="ChannelStorageProp.UpdatedAt"/> may be one write behind.</returns>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<ChannelStorageProp?> GetStoragePropAsync(int channelId, string key, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        StorageKeys.Given(key, nameof(key));
        var alias = connection.RequirePlayer("GetStoragePropAsync");
        return calls.Run(Storages.Calls.Get(alias.Id, channelId, key), cancellationToken);
    }

    /// <summary>
    /// Reads the entries of some keys. Scope <c>read:gameChannels</c>; the player has to be a member.
    /// <c>GET /v1/game-channels/:id/storage/list</c>, for every 50 keys once, one after another: a write in between is then seen in part.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="keys">Any number; one that is named twice counts once.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>What is there, in the order of the keys; a list has one entry for each value, oldest first.</returns>
    /// <exception cref="ArgumentException">There are no keys, or one is null or empty.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<IReadOnlyList<ChannelStorageProp>> ListStoragePropsAsync(
        int channelId, IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var given = StorageKeys.Given(keys, nameof(keys));
        var alias = connection.RequirePlayer("ListStoragePropsAsync");
        return calls.Run(Storages.Calls.List(alias.Id, channelId, given), cancellationToken);
    }

    /// <summary>
    /// Reads a list. Scope <c>read:gameChannels</c>; the player has to be a member. <c>GET /v1/game-channels/:id/storage/list</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="key">The key, with or without the <c>[]</c> that lists end in.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The values, oldest first; empty when the list is not there.</returns>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<IReadOnlyList<string>> GetStoragePropArrayAsync(int channelId, string key, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        string[] list = [StorageKeys.OfList(StorageKeys.Given(key, nameof(key)))];
        var alias = connection.RequirePlayer("GetStoragePropArrayAsync");
        var values = Storages.Calls.List(alias.Id, channelId, list)
            .Select(static found => (IReadOnlyList<string>)[.. found.Select(static x => x.Value)]);
        return calls.Run(values, cancellationToken);
    }

    /// <summary>
    /// Writes entries, all in one go: no other write comes between them. Scope <c>write:gameChannels</c>; the player has to be a
    /// member. <c>PUT /v1/game-channels/:id/storage</c>; the members hear <c>v1.channels.storage.updated</c>.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="props">
    /// The entries. One whose value is null, or empty where the key is no list, is deleted. Of a key that ends in <c>[]</c>, all values
    /// given become the whole new list; doubles count once.
    /// </param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <returns>What was written, what was deleted, and what was refused: a refused entry fails alone, and not the call.</returns>
    /// <exception cref="ArgumentException">There are no props, or one has no key.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<ChannelStorageResult> SetStoragePropsAsync(
        int channelId, IEnumerable<Prop> props, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var given = (props ?? throw new ArgumentNullException(nameof(props), "Give the entries to write.")).ToArray();
        if (given.Length == 0) throw new ArgumentException("Give one entry at least.", nameof(props));
        foreach (var prop in given) StorageKeys.Given(prop?.Key!, nameof(props));
        return Write("SetStoragePropsAsync", channelId, given, cancellationToken);
    }

    /// <summary>Writes one entry. As <see cref="SetStoragePropsAsync"/>.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null or empty deletes.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<ChannelStorageResult> SetStoragePropAsync(
        int channelId, string key, string? value, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        StorageKeys.Given(key, nameof(key));
        return Write("SetStoragePropAsync", channelId, [new Prop { Key = key, Value = value }], cancellationToken);
    }

    /// <summary>Writes a whole list in place of what it was. As <see cref="SetStoragePropsAsync"/>.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="key">The key, with or without the <c>[]</c> that lists end in.</param>
    /// <param name="values">
    /// The values; doubles count once, and none delete the list. Those that stay keep their place, before the new ones.
    /// </param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="ArgumentException">The key is null or empty, or a value is null.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<ChannelStorageResult> SetStoragePropArrayAsync(
        int channelId, string key, IEnumerable<string> values, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var list = StorageKeys.OfList(StorageKeys.Given(key, nameof(key)));
        var props = (values ?? throw new ArgumentNullException(nameof(values), "Give the values; an empty list deletes."))
            .Select(value => value ?? throw new ArgumentException("Leave out the values that are null.", nameof(values)))
            .Select(value => new Prop { Key = list, Value = value })
            .ToArray();
        return Write("SetStoragePropArrayAsync", channelId, props.Length == 0 ? [new Prop { Key = list }] : props, cancellationToken);
    }

    /// <summary>
    /// Deletes entries and lists. As <see cref="SetStoragePropsAsync"/>; what is not there is passed over.
    /// </summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="keys">The keys; those of lists end in <c>[]</c>.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have got it.</param>
    /// <exception cref="ArgumentException">There are no keys, or one is null or empty.</exception>
    /// <exception cref="TaloException">The player is no member (403), or there is no such channel (404).</exception>
    public Task<ChannelStorageResult> DeleteStoragePropsAsync(
        int channelId, IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        Prop[] props = [.. StorageKeys.Given(keys, nameof(keys)).Select(static key => new Prop { Key = key })];
        return Write("DeleteStoragePropsAsync", channelId, props, cancellationToken);
    }

    private Task<ChannelStorageResult> Write(string call, int channelId, Prop[] props, CancellationToken cancellation)
    {
        foreach (var prop in props) OutgoingText.RequireWhole(prop.Value ?? "", "value");
        var alias = connection.RequirePlayer(call);
        return calls.Run(Storages.Calls.Write(alias.Id, channelId, props).Do(Storages.TellFailed), cancellation);
    }
}
