using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Players;

namespace Talo.Reactive;

// The props of the current player.
public sealed partial class TaloPlayers
{
    /// <summary>
    /// Sets a prop of the current player. <see cref="TaloClient.CurrentPlayer"/> shows it at once, before the server knows; it is
    /// saved with the other changes of the next <see cref="TaloClientOptions.PropsDebounce"/> in one request, and tried again, with
    /// growing waits, when the network fails. <see cref="PropsRejected"/> tells what the server would not take: the player then
    /// shows the server's values again. Needs an identified player. <c>PATCH /v1/players/:id</c>; scope <c>write:players</c>.
    /// </summary>
    /// <param name="key">The key, at most 128 characters; not one that ends in <c>[]</c>.</param>
    /// <param name="value">The value, at most 512 characters.</param>
    /// <exception cref="ArgumentException">The key is blank or that of an array, or a text cannot be sent.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void SetProp(string key, string value) => Change(
        nameof(SetProp), PropChanges.Of(PropKeys.RequireScalar(key, nameof(key)), [PropKeys.RequireValue(value, nameof(value))]));

    /// <summary>Deletes a prop of the current player; one that is not there is no error. Saved as by <see cref="SetProp"/>.</summary>
    /// <param name="key">The key; not one that ends in <c>[]</c>.</param>
    /// <exception cref="ArgumentException">The key is blank or that of an array.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void DeleteProp(string key) => Change(nameof(DeleteProp), PropChanges.Of(PropKeys.RequireScalar(key, nameof(key)), []));

    /// <summary>
    /// Sets all values of an array prop of the current player; values that occur twice are kept once. Saved as by
    /// <see cref="SetProp"/>.
    /// </summary>
    /// <param name="key">The key, with or without the <c>[]</c> at its end.</param>
    /// <param name="values">The values, at most 1,000.</param>
    /// <exception cref="ArgumentException">The key is blank, or there are no values.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void SetPropArray(string key, IEnumerable<string> values)
    {
        var all = values?.Select(static value => PropKeys.RequireValue(value, nameof(values))).ToArray() ?? throw new ArgumentNullException(nameof(values));
        if (all.Length == 0) throw new ArgumentException("Give at least one value; DeletePropArray removes all.", nameof(values));
        Change(nameof(SetPropArray), PropChanges.Of(ArrayKey(key), all));
    }

    /// <summary>
    /// Adds a value to the end of an array prop of the current player, unless it is in it. The whole array as
    /// <see cref="TaloClient.CurrentPlayer"/> shows it is saved, as by <see cref="SetProp"/>: what another device added since is lost.
    /// </summary>
    /// <param name="key">The key, with or without the <c>[]</c> at its end.</param>
    /// <param name="value">The value, at most 512 characters.</param>
    /// <exception cref="ArgumentException">The key is blank.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void InsertIntoPropArray(string key, string value)
    {
        PropKeys.RequireValue(value, nameof(value));
        ChangeArray(nameof(InsertIntoPropArray), key, values => values.Contains(value) ? values : [.. values, value]);
    }

    /// <summary>
    /// Takes a value out of an array prop of the current player, if it is in it; without its last value the prop is deleted. Saved
    /// as by <see cref="InsertIntoPropArray"/>.
    /// </summary>
    /// <param name="key">The key, with or without the <c>[]</c> at its end.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The key is blank.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void RemoveFromPropArray(string key, string value)
    {
        PropKeys.RequireValue(value, nameof(value));
        ChangeArray(nameof(RemoveFromPropArray), key, values => values.Contains(value) ? [.. values.Where(x => x != value)] : values);
    }

    /// <summary>Deletes an array prop of the current player with all its values. Saved as by <see cref="SetProp"/>.</summary>
    /// <param name="key">The key, with or without the <c>[]</c> at its end.</param>
    /// <exception cref="ArgumentException">The key is blank.</exception>
    /// <exception cref="TaloException">No player is known.</exception>
    public void DeletePropArray(string key) => Change(nameof(DeletePropArray), PropChanges.Of(ArrayKey(key), []));

    /// <summary>
    /// Saves at once what the calls above have changed: before a game ends or sleeps. Completes at once when there is nothing to save.
    /// </summary>
    /// <remarks>
    /// Where it fails with <see cref="TaloException.IsTransient"/>, the changes are kept and tried again. <see cref="TaloClient.DisposeAsync"/>
    /// flushes too; <see cref="TaloClient.Dispose"/> cannot, and reports what is left on <c>Faults</c>. Another identity does not stop
    /// what is left from being saved, once.
    /// </remarks>
    /// <param name="cancellationToken">Gives up the wait; it is saved all the same.</param>
    /// <exception cref="TaloException">No player is known, the server refused all of it, or could not be reached.</exception>
    public Task FlushPropsAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        connection.RequirePlayer(nameof(FlushPropsAsync));
        return props.SaveAsync(nameof(FlushPropsAsync), PropChanges.None, cancellationToken);
    }

    /// <summary>
    /// Changes props of the current player and saves them at once, with all that is not saved yet, in one request.
    /// <c>PATCH /v1/players/:id</c>; scope <c>write:players</c>.
    /// </summary>
    /// <param name="props">
    /// The props to change: a null value deletes, of one key the first value counts. A key that ends in <c>[]</c> may occur several
    /// times: its values replace the ones of before. Other props stay.
    /// </param>
    /// <param name="cancellationToken">Gives up the wait; it is saved all the same.</param>
    /// <returns>The player as it is now, and what the server refused of it, which <see cref="PropsRejected"/> tells too.</returns>
    /// <exception cref="ArgumentException">There are no props, or one has a blank key.</exception>
    /// <exception cref="TaloException">
    /// No player is known, the server refused all of it, or could not be reached: with <see cref="TaloException.IsTransient"/> the
    /// changes are kept and tried again.
    /// </exception>
    public Task<PlayerUpdate> UpdateAsync(IEnumerable<Prop> props, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var changes = props?.ToList() ?? throw new ArgumentNullException(nameof(props));
        if (changes.Count == 0) throw new ArgumentException("Give at least one prop.", nameof(props));
        foreach (var prop in changes)
        {
            PropKeys.RequireKey(prop.Key, nameof(props));
            if (prop.Value is { } value) PropKeys.RequireValue(value, nameof(props));
        }

        connection.RequirePlayer(nameof(UpdateAsync));
        return this.props.SaveAsync(nameof(UpdateAsync), PropChanges.Of(changes), cancellationToken);
    }

    private static string ArrayKey(string key) => PropKeys.Array(PropKeys.RequireKey(key, nameof(key)));

    private void Change(string call, PropChanges changes)
    {
        lifetime.ThrowIfDisposed();
        props.Change(call, _ => changes);
    }

    private void ChangeArray(string call, string key, Func<IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        var name = ArrayKey(key);
        lifetime.ThrowIfDisposed();
        props.Change(call, player =>
        {
            var before = player.GetPropArray(name);
            var after = change(before);
            return ReferenceEquals(before, after) ? PropChanges.None : PropChanges.Of(name, after);
        });
    }
}
