using System;
using System.Linq;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Players;

namespace Talo.Reactive.Sessions;

/// <summary>Plays on as the player of a kept session. Who is known already stays.</summary>
internal sealed class SessionStart
{
    private readonly TaloHttp http;
    private readonly TaloConnection connection;
    private readonly PlayerSessions sessions;
    private readonly PlayerIdentity identity;
    private readonly Turns turns;

    internal SessionStart(TaloHttp http, TaloConnection connection, PlayerSessions sessions, PlayerIdentity identity, Turns turns)
    {
        this.http = http;
        this.connection = connection;
        this.sessions = sessions;
        this.identity = identity;
        this.turns = turns;
    }

    /// <summary>Answers who plays then; null for nobody. Cold.</summary>
    internal IObservable<PlayerAlias?> Run() => Run(new Telling());

    /// <summary>As <see cref="Run()"/>, but what may pass is waited out: a game may be started where there is no network.</summary>
    /// <param name="settings">The waits.</param>
    /// <param name="isOver">Whether there is nothing to play for any more.</param>
    internal IObservable<PlayerAlias?> RunPatiently(Settings settings, Func<bool> isOver)
    {
        var telling = new Telling();
        return Observable
            .Defer(() => isOver() ? Observable.Empty<PlayerAlias?>(ImmediateScheduler.Instance) : Run(telling))
            .RetryTransient(settings);
    }

    private IObservable<PlayerAlias?> Run(Telling telling) => Turn(() =>
        IsKnown ? Known()
        : sessions.Current is { } left ? Found(left, telling)
        : sessions.Load().SelectMany(session => Loaded(session, telling)));

    private bool IsKnown => connection.Player is not null;

    private IObservable<PlayerAlias?> Loaded(PlayerSession? session, Telling telling) => Turn(() =>
    {
        // Meanwhile the game may have signed somebody in.
        if (IsKnown || sessions.Current is not null) return Known();
        if (session is null)
        {
            turns.Publish(() => identity.Events.SessionNotFound.OnNext(Unit.Default));
            return Known();
        }

        sessions.Use(session, isNew: false);
        return Found(session, telling);
    });

    private IObservable<PlayerAlias?> Found(PlayerSession session, Telling telling)
    {
        if (!telling.IsDone)
        {
            telling.IsDone = true;
            var found = new SessionFound { AliasId = session.AliasId, Identifier = session.Identifier };
            turns.Publish(() => identity.Events.SessionFound.OnNext(found));
        }

        return identity.Told(IdentifyCall.Talo, Identify(session).Catch((TaloException error) => error.Status == 404 ? Renamed(session, error) : Refused(error)))
            .SelectMany(identified => Turn(() =>
            {
                if (!IsKnown && sessions.Of(identified.Alias.Id) is not null) identity.Become(identified.Alias, identified.SocketToken);
                return Known();
            }));
    }

    private IObservable<IdentifyCall.Identified> Identify(PlayerSession session) =>
        http.Send(IdentifyCall.Request(IdentifyCall.Talo, session.Identifier) with { AliasId = session.AliasId }, IdentifyCall.Answer(session.AliasId));

    /// <summary>Nobody has the identifier: the player changed it on another device, or deleted the account.</summary>
    private IObservable<IdentifyCall.Identified> Renamed(PlayerSession session, TaloException notFound) =>
        http.Send(PlayerCalls.Find(session.PlayerId), PlayerCalls.Answer(session.PlayerId)).SelectMany(player => Turn(() =>
        {
            var alias = player.Aliases.FirstOrDefault(x => x.Id == session.AliasId && x.Service == IdentifyCall.Talo);
            if (sessions.Of(session.AliasId) is not { } now || alias?.Identifier == session.Identifier) return Refused(notFound);
            if (alias is null)
            {
                sessions.Lose(now, notFound);
                return Refused(notFound);
            }

            var renamed = now with { Identifier = alias.Identifier };
            sessions.Use(renamed, isNew: false);
            return sessions.Keep(renamed).SelectMany(Identify);
        }));

    private static IObservable<IdentifyCall.Identified> Refused(TaloException error) =>
        Observable.Throw<IdentifyCall.Identified>(error, ImmediateScheduler.Instance);

    private IObservable<PlayerAlias?> Known() => Observable.Return(connection.Player, ImmediateScheduler.Instance);

    private IObservable<T> Turn<T>(Func<IObservable<T>> step) => Observable.Defer(() =>
    {
        IObservable<T>? next = null;
        turns.Take(() => next = step());
        return next!;
    });

    /// <summary>Whether the game was told of the session that was found: once, however many tries it takes.</summary>
    private sealed class Telling
    {
        internal bool IsDone { get; set; }
    }
}
