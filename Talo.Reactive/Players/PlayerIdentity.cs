using System;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Players;

/// <summary>The one place where the game becomes somebody or nobody, and where it is told.</summary>
internal sealed class PlayerIdentity
{
    private readonly TaloConnection connection;
    private readonly Turns turns;

    internal PlayerIdentity(TaloConnection connection, Turns turns, PlayerEvents events)
    {
        this.connection = connection;
        this.turns = turns;
        Events = events;
    }

    internal PlayerEvents Events { get; }

    /// <summary>Tells how a call that identifies goes. It changes nobody when it fails.</summary>
    internal IObservable<T> Told<T>(string service, IObservable<T> call) => Observable.Defer(() =>
    {
        Tell(() => Events.IdentificationStarted.OnNext(service));
        return call.Do(
            static _ => { },
            error => Tell(() => Events.IdentificationFailed.OnNext(new IdentificationFailed { Service = service, Error = error as TaloException })));
    });

    internal void Become(PlayerAlias alias, string socketToken) => turns.Take(() =>
    {
        connection.SetIdentity(new Identity(alias, socketToken, turns.Now));
        turns.Publish(() => Events.Identified.OnNext(alias));
    });

    internal void Clear() => turns.Take(() =>
    {
        if (connection.Player is not { } before) return;
        connection.SetIdentity(null);
        turns.Publish(() => Events.IdentityCleared.OnNext(before));
    });

    private void Tell(Action delivery) => turns.Take(() => turns.Publish(delivery));
}
