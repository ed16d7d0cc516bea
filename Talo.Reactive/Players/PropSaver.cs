using System;
using System.Collections.Generic;
using System.Linq;
using System.Reactive.Disposables;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;

namespace Talo.Reactive.Players;

/// <summary>
/// Saves the props of one player: changes gather, then go in one request; the next waits for the one under way. What a network
/// kept back is tried again under what is newer. Used inside turns.
/// </summary>
internal sealed class PropSaver
{
    /// <summary>How many debounce times a change waits at most, however often others follow it.</summary>
    private const int MostWaits = 5;

    private readonly Settings settings;
    private readonly Turns turns;
    private readonly TaloHttp http;
    private readonly IHost host;
    private readonly SerialDisposable timer = new();
    private readonly SerialDisposable request = new();
    private PropChanges pending = PropChanges.None;
    private PropChanges running = PropChanges.None;
    private List<PendingCall<PlayerUpdate>> pendingCalls = [];
    private List<PendingCall<PlayerUpdate>> runningCalls = [];
    private DateTimeOffset? since;
    private int failures;
    private bool isBackingOff;
    private bool isLeft;

    internal PropSaver(Settings settings, Turns turns, TaloHttp http, PlayerAlias alias, IHost host)
    {
        this.settings = settings;
        this.turns = turns;
        this.http = http;
        this.host = host;
        Alias = alias;
    }

    /// <summary>What saving does to the current player.</summary>
    internal interface IHost
    {
        void PropsSaved(PropSaver saver, PlayerUpdate update);

        /// <summary>They will not be saved.</summary>
        void PropsLost(PropSaver saver, IReadOnlyList<RejectedProp> props, TaloException error);
    }

    /// <summary>Whose props.</summary>
    internal PlayerAlias Alias { get; }

    private PropChanges Unsaved => running.Then(pending);

    /// <summary>The alias with the props that are not saved yet.</summary>
    internal PlayerAlias View(PlayerAlias alias) => Unsaved.IsEmpty
        ? alias
        : alias with { Player = alias.Player with { Props = Unsaved.ApplyTo(alias.Player.Props) } };

    internal void Add(PropChanges changes)
    {
        if (changes.IsEmpty) return;
        pending = pending.Then(changes);
        since ??= turns.Now;
        Wait();
    }

    /// <summary>Saves at once, and ends the call when all of it is saved or refused.</summary>
    /// <returns>False when there is nothing to save.</returns>
    internal bool Flush(PendingCall<PlayerUpdate> call)
    {
        if (Unsaved.IsEmpty) return false;
        (pending.IsEmpty ? runningCalls : pendingCalls).Add(call);
        if (running.IsEmpty) Send(isBackground: false);
        return true;
    }

    /// <summary>Somebody else plays now: what is left is saved at once, once.</summary>
    internal void Leave()
    {
        isLeft = true;
        if (running.IsEmpty && !pending.IsEmpty) Send(isBackground: true);
    }

    /// <summary>Saves nothing any more.</summary>
    /// <returns>The keys that were not, or may not have been, saved.</returns>
    internal IReadOnlyList<string> Stop()
    {
        var left = Unsaved.Keys.ToList();
        pending = running = PropChanges.None;
        turns.Afterwards(timer.Dispose);
        turns.Afterwards(request.Dispose);
        return left;
    }

    private void Wait()
    {
        if (!running.IsEmpty || isBackingOff) return;
        if (isLeft || pendingCalls.Count > 0)
        {
            Send(isBackground: isLeft);
            return;
        }

        var longest = since!.Value + (settings.PropsDebounce * MostWaits) - turns.Now;
        var wait = settings.PropsDebounce < longest ? settings.PropsDebounce : longest;
        After(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    private void After(TimeSpan wait)
    {
        var due = turns.After(wait, () => Send(isBackground: true));
        turns.Afterwards(() => timer.Disposable = due);
    }

    private void Send(bool isBackground)
    {
        if (pending.IsEmpty || !running.IsEmpty) return;
        isBackingOff = false;
        since = null;
        (running, pending) = (pending, PropChanges.None);
        (runningCalls, pendingCalls) = (pendingCalls, []);
        // Without the header of an alias that may have signed out meanwhile: the call needs none, and with it a session.
        var call = PlayerCalls.Patch(Alias.Player.Id, running.ToProps()) with { IsBackground = isBackground, AliasId = isLeft ? null : Alias.Id };
        turns.Afterwards(() =>
        {
            timer.Disposable = Disposable.Empty;
            request.Disposable = http.Send(call, PlayerCalls.ReadUpdate).Subscribe(
                update => turns.Take(() => Saved(update)),
                error => turns.Take(() => NotSaved(error as TaloException ?? new TaloException(error.Message, error))));
        });
    }

    private void Saved(PlayerUpdate update)
    {
        if (running.IsEmpty) return;
        running = PropChanges.None;
        failures = 0;
        var calls = runningCalls;
        runningCalls = [];
        host.PropsSaved(this, update);
        End(calls, update);
        if (!pending.IsEmpty) Wait();
    }

    private void NotSaved(TaloException error)
    {
        if (running.IsEmpty) return;
        var kept = error.IsTransient && !isLeft;
        var lost = kept ? PropChanges.None : running;
        pending = kept ? running.Then(pending) : pending;
        running = PropChanges.None;
        var calls = runningCalls;
        runningCalls = [];
        if (kept)
        {
            // They are told that it has not worked yet, and need not wait for when it does.
            calls.AddRange(pendingCalls);
            pendingCalls.Clear();
            since ??= turns.Now;
            isBackingOff = true;
            After(NextTry(error));
        }
        else
        {
            host.PropsLost(this, [.. lost.Keys.Select(key => new RejectedProp { Key = key, Message = error.Message })], error);
        }

        turns.Complete(() => calls.ForEach(call => call.Fail(error)));
        if (!pending.IsEmpty) Wait();
    }

    private TimeSpan NextTry(TaloException error) => RetryPolicy.Wait(failures++, RetryAfter.Of(error), settings);

    private void End(List<PendingCall<PlayerUpdate>> calls, PlayerUpdate update)
    {
        if (calls.Count > 0) turns.Complete(() => calls.ForEach(call => call.Succeed(update)));
    }
}
