using System;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text.Json;
using System.Threading;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Sessions;

/// <summary>
/// The session of whoever signed in. It is refreshed once at a time, whoever asks, HTTP or socket; the new pair is stored before
/// it is used. Only the server's word that it is over ends it.
/// </summary>
internal sealed class PlayerSessions
{
    /// <summary>A session that ends within this is refreshed first.</summary>
    private const long NearSeconds = 60;

    private readonly Turns turns;
    private readonly TaloHttp http;
    private readonly SessionStorage storage;
    private PlayerSession? current;
    private DateTimeOffset? hadAt;
    private AsyncSubject<PlayerSession>? renewal;

    internal PlayerSessions(Turns turns, TaloHttp http, SessionStorage storage)
    {
        this.turns = turns;
        this.http = http;
        this.storage = storage;
        http.Sessions = this;
    }

    /// <summary>From any thread.</summary>
    internal PlayerSession? Current => Volatile.Read(ref current);

    /// <summary>Told inside a turn that the server has ended the session; it is forgotten already.</summary>
    internal Action<PlayerSession, TaloException> Lost { get; set; } = static (_, _) => { };

    /// <summary>The session that calls of an alias have to show; null where they need none. From any thread.</summary>
    internal PlayerSession? Of(int? aliasId) => Current is { } session && session.AliasId == aliasId ? session : null;

    /// <summary>What was kept, if anything. Inside a turn.</summary>
    internal IObservable<PlayerSession?> Load() => storage.Load();

    /// <summary>Keeps a new session for the next start. Outside of turns; the result comes when it is kept.</summary>
    internal IObservable<PlayerSession> Keep(PlayerSession session) => Observable.Defer(() =>
    {
        IObservable<PlayerSession>? kept = null;
        turns.Take(() => kept = storage.Save(session).Select(_ => session));
        return kept!;
    });

    /// <summary>This is the session from now on. Inside a turn.</summary>
    /// <param name="session">With its tokens.</param>
    /// <param name="isNew">Whether the tokens were had just now, and not in an earlier life of the game.</param>
    internal void Use(PlayerSession session, bool isNew)
    {
        http.ConcealToken(session.SessionToken);
        if (session.RefreshToken is { } refresh) http.ConcealToken(refresh);
        if (Current?.SessionToken != session.SessionToken) hadAt = isNew ? turns.Now : null;
        Volatile.Write(ref current, session);
    }

    /// <summary>There is no session any more. Inside a turn.</summary>
    internal void End()
    {
        if (Current is null) return;
        Volatile.Write(ref current, null);
        hadAt = null;
        storage.Clear();
    }

    /// <summary>Ends a session by the server's word, if it is still the one. Inside a turn.</summary>
    internal void Lose(PlayerSession session, TaloException why)
    {
        if (!IsCurrent(session)) return;
        End();
        Lost(session, why);
    }

    /// <summary>
    /// Whether a session is over soon. By the time since it was had, whatever the clocks say; by the server's clock for one of an
    /// earlier life.
    /// </summary>
    internal bool IsStale(PlayerSession session, long within = NearSeconds)
    {
        if (session.RefreshToken is null) return false;
        var times = TokenTimes.Of(session.SessionToken);
        if (times.ExpiresAt is not { } end) return false;
        if (hadAt is not { } had || !IsCurrent(session)) return (http.Clock.UnixMilliseconds() / 1000) + within >= end;
        return times.IssuedAt is { } start && (turns.Now - had).TotalSeconds + within >= end - start;
    }

    /// <summary>The session to make a call with: refreshed first where it is over soon. Cold.</summary>
    internal IObservable<PlayerSession> Fresh(PlayerSession session)
    {
        var asItIs = Observable.Return(session, ImmediateScheduler.Instance);
        return !IsStale(session)
            ? asItIs
            : Renew(session).Catch((TaloException error) => error.IsTransient && !IsStale(session, within: 0) ? asItIs : Observable.Throw<PlayerSession>(error));
    }

    /// <summary>The session after one that was refused, or will be: the one that came meanwhile, or a refreshed one. Cold.</summary>
    internal IObservable<PlayerSession> Renew(PlayerSession refused) => Observable.Defer(() =>
    {
        IObservable<PlayerSession>? next = null;
        turns.Take(() => next = Next(refused));
        return next!;
    });

    /// <summary>As <see cref="Renew"/>, behind the game's own calls. Cold.</summary>
    /// <param name="refused">The session of now.</param>
    /// <param name="held">As in <see cref="TaloRequest.Held"/>.</param>
    internal IObservable<PlayerSession> RenewInTurn(PlayerSession refused, Action<TimeSpan> held) => http.Turn(RateBucket.Auth, held).SelectMany(_ => Renew(refused));

    private static TaloException Over() =>
        new("The player has signed out: call PlayerAuth.LoginAsync.") { Status = 401, ErrorCode = PlayerAuthErrorCode.InvalidSession.Value };

    private static TaloException Unchanged() =>
        new("POST /v1/players/auth/refresh: the server answered with the session token that was to be replaced. The player stays signed in: try again later.")
        {
            Status = 200,
            IsTransient = true,
        };

    private static (string Session, string Refresh) Read(ref Utf8JsonReader reader)
    {
        Token.RequireObject(ref reader);
        string? session = null;
        string? refresh = null;
        while (Token.NextMember(ref reader, out var member))
        {
            if (member.SequenceEqual("sessionToken"u8)) session = Member.Secret(ref reader);
            else if (member.SequenceEqual("refreshToken"u8)) refresh = Member.Secret(ref reader);
            else reader.Skip();
        }

        if (session is not null && !HttpHeaders.CanHold(session))
            throw new TaloPayloadException("", "sessionToken", "it holds a character that cannot stand in a header");
        return (session ?? throw Member.Missing("sessionToken"u8), refresh ?? throw Member.Missing("refreshToken"u8));
    }

    private bool IsCurrent(PlayerSession session) =>
        Current is { } now && now.AliasId == session.AliasId && now.SessionToken == session.SessionToken;

    private IObservable<PlayerSession> Next(PlayerSession refused)
    {
        if (Of(refused.AliasId) is not { } now) return Observable.Throw<PlayerSession>(Over(), ImmediateScheduler.Instance);
        if (now.SessionToken != refused.SessionToken) return Observable.Return(now, ImmediateScheduler.Instance);
        if (renewal is { } underWay) return underWay;
        if (now.RefreshToken is not { } token)
        {
            var error = Over();
            Lose(now, error);
            return Observable.Throw<PlayerSession>(error, ImmediateScheduler.Instance);
        }

        var next = renewal = new AsyncSubject<PlayerSession>();
        var body = new AuthBody().Secret("refreshToken", token);
        // Never in the queue of the client's own calls: a game's call may be waiting for it, which the queue lets go first.
        turns.Afterwards(() => http.Send(body.Request("POST", "/refresh"), Read).Subscribe(
            pair => turns.Take(() => Renewed(now, pair.Session, pair.Refresh)),
            error => turns.Take(() => NotRenewed(now, error))));
        return next;
    }

    private void Renewed(PlayerSession before, string sessionToken, string refreshToken)
    {
        var after = (Current ?? before) with { SessionToken = sessionToken, RefreshToken = refreshToken };
        var otherwise = sessionToken == before.SessionToken ? Unchanged() : Over();
        if (!IsCurrent(before)) Settle(before, otherwise);
        else turns.Afterwards(() => Keep(after).Subscribe(_ => turns.Take(() =>
        {
            if (IsCurrent(before)) Use(Current! with { SessionToken = sessionToken, RefreshToken = refreshToken }, isNew: true);
            Settle(before, otherwise);
        })));
    }

    private void NotRenewed(PlayerSession before, Exception error)
    {
        var why = error as TaloException ?? new TaloException(error.Message, error);
        // A 401 without this code is about the access key.
        if (why is { Status: 401 } && why.PlayerAuthErrorCode == PlayerAuthErrorCode.InvalidSession) Lose(before, why);
        Settle(before, why);
    }

    /// <summary>Ends the refresh for all who wait: with the session there is now, if it is another one of the alias.</summary>
    private void Settle(PlayerSession before, TaloException otherwise)
    {
        var ended = renewal!;
        renewal = null;
        var now = Of(before.AliasId) is { } session && session.SessionToken != before.SessionToken ? session : null;
        turns.Afterwards(() =>
        {
            if (now is null)
            {
                ended.OnError(otherwise);
                return;
            }

            ended.OnNext(now);
            ended.OnCompleted();
        });
    }
}
