using System;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Sessions;

namespace Talo.Reactive.Players;

/// <summary>The one place where the game becomes somebody or nobody, and where it is told.</summary>
internal sealed class PlayerIdentity
{
    private readonly TaloConnection connection;
    private readonly PlayerSessions sessions;
    private readonly Turns turns;

    internal PlayerIdentity(TaloConnection connection, PlayerSessions sessions, Turns turns, PlayerEvents events)
    {
        this.connection = connection;
        this.sessions = sessions;
        this.turns = turns;
        Events = events;
        sessions.Lost = Lost;
    }

    internal PlayerEvents Events { get; }

    /// <summary>The session of who has signed in; null for anybody else.</summary>
    internal PlayerSession? SignedIn => sessions.Current;

    /// <summary>Tells how a call that identifies goes. It changes nobody when it fails.</summary>
    internal IObservable<T> Told<T>(string service, IObservable<T> call) => Observable.Defer(() =>
    {
        Tell(() => Events.IdentificationStarted.OnNext(service));
        return call.Do(
            static _ => { },
            error => Tell(() => Events.IdentificationFailed.OnNext(new IdentificationFailed { Service = service, Error = error as TaloException })));
    });

    /// <summary>From now on the game plays as somebody. A session of another player is forgotten.</summary>
    /// <param name="alias">Who.</param>
    /// <param name="socketToken">A new one.</param>
    /// <param name="session">For who has just signed in: the session, stored already.</param>
    internal void Become(PlayerAlias alias, string socketToken, PlayerSession? session = null) => turns.Take(() =>
    {
        if (session is not null) sessions.Use(session, isNew: true);
        else if (sessions.Current is { } other && other.AliasId != alias.Id) sessions.End();
        connection.SetIdentity(new Identity(alias, socketToken, turns.Now));
        turns.Publish(() => Events.Identified.OnNext(alias));
    });

    internal void Clear() => turns.Take(() =>
    {
        sessions.End();
        Leave();
    });

    /// <summary>The player of an alias has signed out; whoever plays by now stays.</summary>
    internal void Clear(int aliasId) => turns.Take(() =>
    {
        if (connection.Player?.Id == aliasId || sessions.Of(aliasId) is not null) Clear();
    });

    /// <summary>The signed-in player has another name now: it is also what a kept session is restored with.</summary>
    internal void Rename(PlayerAlias renamed) => turns.Take(() =>
    {
        Update(renamed);
        if (sessions.Of(renamed.Id) is not { } session) return;
        var kept = session with { Identifier = renamed.Identifier };
        sessions.Use(kept, isNew: true);
        turns.Afterwards(() => sessions.Keep(kept).Subscribe());
    });

    /// <summary>The account has become an alias of another service, which needs no session.</summary>
    internal void Migrate(PlayerAlias migrated) => turns.Take(() =>
    {
        if (sessions.Of(migrated.Id) is not null) sessions.End();
        Update(migrated);
    });

    private void Update(PlayerAlias now) => connection.UpdateAlias(alias => alias.Id == now.Id ? now with { Player = alias.With(now.Player).Player } : alias);

    private void Lost(PlayerSession session, TaloException error)
    {
        var alias = connection.Player is { } player && player.Id == session.AliasId ? player : null;
        if (alias is not null) Leave();
        var lost = new SessionLost { AliasId = session.AliasId, Identifier = session.Identifier, Error = error };
        turns.Publish(() => Events.SessionLost.OnNext(lost));
    }

    private void Leave()
    {
        if (connection.Player is not { } before) return;
        connection.SetIdentity(null);
        turns.Publish(() => Events.IdentityCleared.OnNext(before));
    }

    private void Tell(Action delivery) => turns.Take(() => turns.Publish(delivery));
}
