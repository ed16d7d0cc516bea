using System;
using System.Reactive.Disposables;
using System.Text;
using System.Threading;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;

namespace Talo.Reactive;

/// <summary>
/// Keeps the own player's presence what the game wants it to be, across reconnects: heals the ghost (<see cref="GhostRule"/>), and
/// goes offline again where identify has set a player online that is to be offline. Everything here runs inside turns.
/// </summary>
internal sealed class PresenceKeeper
{
    private readonly TaloHttp http;
    private readonly TaloConnection connection;
    private readonly EventStreams streams;
    private readonly Turns turns;
    private IDisposable watching = Disposable.Empty;
    private IDisposable alarm = Disposable.Empty;
    private IDisposable healing = Disposable.Empty;
    private IDisposable hiding = Disposable.Empty;
    private GhostRule rule = new();
    private string? playerOnLink;
    private int identifiedEpoch = -1;
    private bool isIdentified;
    private int choices;

    internal PresenceKeeper(TaloHttp http, TaloConnection connection, EventStreams streams, Turns turns)
    {
        this.http = http;
        this.connection = connection;
        this.streams = streams;
        this.turns = turns;
        streams.States.Subscribe(System.Reactive.Observer.Create<ConnectionState>(
            state => turns.Take(() => Moved(state)),
            () => turns.Take(Stop)));
    }

    /// <summary>Whether the game has set its player offline. The state as of the last turn, from any thread.</summary>
    internal bool IsOfflineByChoice => connection.Player is { } alias && !Volatile.Read(ref rule).WantsOnline(alias.Player.Id);

    internal static TaloRequest Request(int aliasId, string body) =>
        new("PUT", "/v1/players/presence") { AliasId = aliasId, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>The game shows a player online or offline from now on. Outside of turns.</summary>
    /// <returns>To be called when the server did not take it.</returns>
    internal Action Choose(string player, bool online)
    {
        Action undo = static () => { };
        turns.Take(() =>
        {
            var before = rule;
            var number = ++choices;
            var choice = rule = rule.Choose(player, online, isIdentified);
            if (online) Replace(ref hiding);
            else Replace(ref healing);
            undo = () => turns.Take(() => rule = rule.Undo(before, choice, number == choices));
        });
        return undo;
    }

    private void Moved(ConnectionState state)
    {
        if (playerOnLink is { } player && (!state.IsConnected || state.Epoch != identifiedEpoch)) Ended(player);
        if (state.Status is not (ConnectionStatus.Identifying or ConnectionStatus.Identified)) return;

        playerOnLink = connection.Player?.Player.Id;
        identifiedEpoch = state.Epoch;
        if (state.Status is not ConnectionStatus.Identified || isIdentified) return;
        isIdentified = true;
        if (playerOnLink is not { } id) return;
        (rule, var hides) = rule.Identified(id, turns.Now);
        if (hides) Replace(ref hiding, Put(online: false));
    }

    private void Ended(string player)
    {
        playerOnLink = null;
        isIdentified = false;
        Replace(ref healing);
        Replace(ref hiding);
        rule = rule.LinkEnded(player, turns.Now);
        Replace(ref alarm, turns.After(GhostRule.Window + TimeSpan.FromSeconds(1), Calm));
        var listening = new SingleAssignmentDisposable();
        Replace(ref watching, listening);
        turns.Afterwards(() => listening.Disposable = streams.PresenceUpdated.Subscribe(
            System.Reactive.Observer.Create<PresenceUpdated>(update => turns.Take(() => Heard(update.Presence)))));
    }

    /// <summary>Where nothing that arrives can be a ghost, and no call waits that an event could make needless, nothing is decoded.</summary>
    private void Calm()
    {
        rule = rule.At(turns.Now);
        if (!rule.IsWatching && ReferenceEquals(healing, Disposable.Empty)) Replace(ref watching);
    }

    private void Heard(PlayerPresence presence)
    {
        if (!isIdentified || playerOnLink is not { } player || presence.PlayerAlias?.Player.Id != player) return;
        (rule, var heals) = rule.Hear(player, presence.Online, turns.Now);
        // Whoever did it: there is nothing left to heal.
        if (presence.Online) Replace(ref healing);
        else if (heals) Replace(ref healing, Put(online: true));
        Calm();
    }

    /// <summary>Once, and not again: what fails is told, and left to the game.</summary>
    private SingleAssignmentDisposable Put(bool online)
    {
        var slot = new SingleAssignmentDisposable();
        if (connection.Player is not { } alias) return slot;
        var request = Request(alias.Id, online ? """{"online":true}""" : """{"online":false}""") with { IsBackground = true };
        turns.Afterwards(() => slot.Disposable = http.Send(request).Subscribe(
            static _ => { },
            error =>
            {
                streams.Faults.Report(TaloFaultKind.BackgroundCallFailed, error.Message, "PlayerPresence", error);
                Done(slot);
            },
            () => Done(slot)));
        return slot;
    }

    private void Done(IDisposable call) => turns.Take(() =>
    {
        if (call != healing) return;
        healing = Disposable.Empty;
        Calm();
    });

    private void Stop()
    {
        Replace(ref watching);
        Replace(ref alarm);
        Replace(ref healing);
        Replace(ref hiding);
    }

    private void Replace(ref IDisposable work, IDisposable? next = null)
    {
        turns.Afterwards(work.Dispose);
        work = next ?? Disposable.Empty;
    }
}
