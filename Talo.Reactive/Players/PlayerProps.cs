using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;

namespace Talo.Reactive.Players;

/// <summary>The props of whoever plays: shown as the game set them, saved behind its back, each player's by a saver of its own.</summary>
internal sealed class PlayerProps : PropSaver.IHost
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly PendingCalls calls;
    private readonly TaloHttp http;
    private readonly TaloConnection connection;
    private readonly PlayerEvents events;
    private readonly IFaultReporter faults;
    private PropSaver? saver;

    internal PlayerProps(Settings settings, Turns turns, PendingCalls calls, TaloHttp http, TaloConnection connection, PlayerEvents events, IFaultReporter faults)
    {
        this.settings = settings;
        this.turns = turns;
        this.calls = calls;
        this.http = http;
        this.connection = connection;
        this.events = events;
        this.faults = faults;
        connection.Identification.View = View;
    }

    /// <summary>Changes props of the current player: shown now, saved soon. Outside of turns.</summary>
    /// <param name="call">What the game called, for the error.</param>
    /// <param name="changes">Made of the props as they are shown.</param>
    internal void Change(string call, Func<Player, PropChanges> changes) => turns.Take(() => Add(Require(call), changes));

    /// <summary>Changes props, and saves them with all that is not saved yet. Outside of turns.</summary>
    internal Task<PlayerUpdate> SaveAsync(string call, PropChanges changes, CancellationToken cancellation)
    {
        var pending = calls.Begin<PlayerUpdate>(cancellation);
        turns.Take(() =>
        {
            if (pending.IsOver) return;
            try
            {
                Save(Require(call), changes, pending);
            }
            catch (TaloException error)
            {
                turns.Complete(() => pending.Fail(error));
            }
        });
        return pending.Task;
    }

    /// <summary>Saves what is left before the client ends. Whether it worked is told by <see cref="Dispose"/>.</summary>
    internal async Task GoodbyeAsync()
    {
        if (connection.Player is null) return;
        try
        {
            await SaveAsync("DisposeAsync", PropChanges.None, default).ConfigureAwait(false);
        }
        catch (TaloException)
        {
        }
    }

    /// <summary>Saves nothing any more, and says so where something is left. Outside of turns.</summary>
    internal void Dispose() => turns.Take(() =>
    {
        if (saver is null) return;
        var left = saver.Stop();
        if (left.Count == 0) return;
        turns.Afterwards(() => faults.Report(
            TaloFaultKind.BackgroundCallFailed,
            $"The client was disposed before these props of {saver.Alias} were saved: {string.Join(", ", left)}. Await FlushPropsAsync first, or dispose by DisposeAsync."));
    });

    void PropSaver.IHost.PropsSaved(PropSaver from, PlayerUpdate update)
    {
        // Whoever plays by now keeps its own.
        if (from == saver) connection.UpdateAlias(alias => alias.Player.Id == update.Player.Id ? alias.With(update.Player) : alias);
        if (update.RejectedProps.Count > 0) Tell(new PropsRejected { Alias = from.Alias, Props = update.RejectedProps });
    }

    void PropSaver.IHost.PropsLost(PropSaver from, IReadOnlyList<RejectedProp> props, TaloException error)
    {
        if (from == saver) connection.Identification.Show();
        Tell(new PropsRejected { Alias = from.Alias, Props = props, Error = error });
        var keys = string.Join(", ", props.Select(static x => x.Key));
        turns.Afterwards(() => faults.Report(TaloFaultKind.BackgroundCallFailed, $"Props of {from.Alias} were not saved ({keys}): {error.Message}", null, error));
    }

    private void Save(PropSaver current, PropChanges changes, PendingCall<PlayerUpdate> call)
    {
        Add(current, _ => changes);
        if (current.Flush(call)) return;
        var player = connection.Player!.Player;
        turns.Complete(() => call.Succeed(new PlayerUpdate { Player = player }));
    }

    private void Add(PropSaver current, Func<Player, PropChanges> changes)
    {
        current.Add(changes(connection.Player!.Player));
        connection.Identification.Show();
    }

    private PlayerAlias? View(PlayerAlias? alias)
    {
        if (alias?.Player.Id != saver?.Alias.Player.Id || alias?.Id != saver?.Alias.Id)
        {
            saver?.Leave();
            saver = alias is null || alias.Player.Id.Length == 0 ? null : new PropSaver(settings, turns, http, alias, this);
        }

        return alias is null || saver is null ? alias : saver.View(alias);
    }

    private PropSaver Require(string call)
    {
        var alias = connection.RequirePlayer(call);
        return saver ?? throw new TaloException($"{call} needs the id of the player, which the server did not send with {alias}: call Players.IdentifyAsync first.");
    }

    private void Tell(PropsRejected rejected) => turns.Publish(() => events.PropsRejected.OnNext(rejected));
}
