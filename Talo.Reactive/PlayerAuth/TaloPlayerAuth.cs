using System;
using System.Reactive;
using System.Reactive.Linq;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Connection;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Players;
using Talo.Reactive.Sessions;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>
/// Accounts of players: signing in with a name and a password, or as who signed in before. Every HTTP call here needs the scopes
/// <c>read:players</c> and <c>write:players</c>, counts to the server's 20 a minute, and may fail with a <see cref="TaloException"/>
/// whose <see cref="TaloException.PlayerAuthErrorCode"/> says why.
/// </summary>
/// <remarks>
/// <para>
/// A player has one session at a time: each sign-in ends the one before, on whatever device. The client shows the session with each
/// call of the player and to the socket, and refreshes it when it is over or about to be: once, however many calls wait for it. A
/// network that fails never signs anybody out; only the server's word does, and then <see cref="SessionLost"/> tells.
/// </para>
/// <para>Passwords, codes and tokens are kept out of <c>Traffic</c>, <c>Faults</c> and exception texts.</para>
/// <para>
/// The streams are hot and shared, delivered one at a time in order with those of the socket, never end in an error, and complete
/// when the client is disposed. <see cref="TaloPlayers.Identified"/> and <see cref="TaloPlayers.IdentityCleared"/> tell of who signs in
/// and out here too.
/// </para>
/// </remarks>
public sealed partial class TaloPlayerAuth
{
    private readonly Settings settings;
    private readonly TaloHttp http;
    private readonly ApiCalls calls;
    private readonly TaloConnection connection;
    private readonly PlayerSessions sessions;
    private readonly PlayerIdentity identity;
    private readonly SessionStart start;
    private readonly Lifetime lifetime;

    internal TaloPlayerAuth(
        Settings settings,
        TaloHttp http,
        ApiCalls calls,
        TaloConnection connection,
        PlayerSessions sessions,
        PlayerIdentity identity,
        Turns turns,
        Lifetime lifetime)
    {
        this.settings = settings;
        this.http = http;
        this.calls = calls;
        this.connection = connection;
        this.sessions = sessions;
        this.identity = identity;
        this.lifetime = lifetime;
        start = new SessionStart(http, connection, sessions, identity, turns);
        SessionFound = new StreamFace<SessionFound>(identity.Events.SessionFound);
        SessionNotFound = new StreamFace<Unit>(identity.Events.SessionNotFound);
        SessionLost = new StreamFace<SessionLost>(identity.Events.SessionLost);
    }

    /// <summary>A kept session was found: the player is identified by it next, and <see cref="TaloPlayers.Identified"/> follows.</summary>
    public IObservable<SessionFound> SessionFound { get; }

    /// <summary>There is no kept session: time to ask for a name and a password.</summary>
    public IObservable<Unit> SessionNotFound { get; }

    /// <summary>
    /// The server has ended the session: signed in or out elsewhere, the password reset, or away for 30 days. The player is nobody
    /// from then on and the kept session is forgotten. Signing out here is not told.
    /// </summary>
    public IObservable<SessionLost> SessionLost { get; }

    /// <summary>Whether the current player is signed in with a Talo account.</summary>
    public bool IsSignedIn => sessions.Of(connection.Player?.Id) is not null;

    /// <summary>
    /// Plays on as who signed in before, by the session that the <see cref="PlayerAuthOptions.SessionStore"/> kept: refreshes it where
    /// it has to, and identifies the player. Who is known already stays. <c>GET /v1/players/identify</c>, <c>POST
    /// /v1/players/auth/refresh</c>.
    /// </summary>
    /// <param name="cancellationToken">Gives the call up; the session is kept.</param>
    /// <returns>Who the game plays as now; null where no session was kept.</returns>
    /// <exception cref="TaloException">
    /// The server has ended the session (<see cref="SessionLost"/> tells), or the player could not be identified: with
    /// <see cref="TaloException.IsTransient"/> the session is kept, and the same call may work later.
    /// </exception>
    public Task<PlayerAlias?> StartSessionAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        return calls.Run(start.Run(), cancellationToken);
    }

    /// <summary>
    /// Makes a player with a Talo account, and signs in: the socket identifies itself. <c>POST /v1/players/auth/register</c>.
    /// </summary>
    /// <param name="identifier">The name to sign in with. Spaces around it do not count, nor does case when it is looked for.</param>
    /// <param name="password">The password. A secret.</param>
    /// <param name="email">For codes and a forgotten password; null for none.</param>
    /// <param name="verificationEnabled">Whether signing in asks for a code sent by e-mail.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have made the account.</param>
    /// <returns>Who the game plays as now.</returns>
    /// <exception cref="ArgumentException">The identifier is blank or the password null.</exception>
    /// <exception cref="TaloException">The server refused, or could not be reached. The player of before stays.</exception>
    public Task<PlayerAlias> RegisterAsync(
        string identifier, string password, string? email = null, bool verificationEnabled = false, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var body = new AuthBody()
            .Text("identifier", AuthArguments.Identifier(identifier, nameof(identifier)))
            .Secret("password", AuthArguments.Password(password, nameof(password)))
            .Text("email", email)
            .Flag("verificationEnabled", verificationEnabled)
            .Flag("withRefresh", settings.PlayerAuth.WithRefresh);
        return calls.Run(SignIn(body, "/register", SignedIn.Answer()).Select(static result => result.Alias!), cancellationToken);
    }

    /// <summary>
    /// Signs in: the socket identifies itself. Where the player asks for it, a code is sent by e-mail first, and
    /// <see cref="VerifyAsync"/> signs in. <c>POST /v1/players/auth/login</c>.
    /// </summary>
    /// <param name="identifier">The name of the account; case does not count.</param>
    /// <param name="password">The password. A secret.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have ended the session of before.</param>
    /// <returns>Who the game plays as now, or that a code is asked for.</returns>
    /// <exception cref="ArgumentException">The identifier is blank or the password null.</exception>
    /// <exception cref="TaloException">
    /// <see cref="PlayerAuthErrorCode.InvalidCredentials"/>, or the server could not be reached. The player of before stays.
    /// </exception>
    public Task<LoginResult> LoginAsync(string identifier, string password, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var body = new AuthBody()
            .Text("identifier", AuthArguments.Identifier(identifier, nameof(identifier)))
            .Secret("password", AuthArguments.Password(password, nameof(password)))
            .Flag("withRefresh", settings.PlayerAuth.WithRefresh);
        return calls.Run(SignIn(body, "/login", SignedIn.OrCode), cancellationToken);
    }

    /// <summary>Signs in with the code that <see cref="LoginAsync"/> had sent. <c>POST /v1/players/auth/verify</c>.</summary>
    /// <param name="aliasId">As in <see cref="LoginResult.AliasId"/>.</param>
    /// <param name="code">The six digits. A secret, good for 5 minutes.</param>
    /// <param name="cancellationToken">Gives the call up; the server may have taken the code.</param>
    /// <returns>Who the game plays as now.</returns>
    /// <exception cref="ArgumentException">The code is blank.</exception>
    /// <exception cref="TaloException">
    /// <see cref="PlayerAuthErrorCode.VerificationCodeInvalid"/>, <see cref="PlayerAuthErrorCode.VerificationAliasNotFound"/>, or the
    /// server could not be reached. The player of before stays.
    /// </exception>
    public Task<PlayerAlias> VerifyAsync(int aliasId, string code, CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var body = new AuthBody()
            .Number("aliasId", aliasId)
            .Secret("code", AuthArguments.Code(code, nameof(code)))
            .Flag("withRefresh", settings.PlayerAuth.WithRefresh);
        return calls.Run(SignIn(body, "/verify", SignedIn.Answer(aliasId)).Select(static result => result.Alias!), cancellationToken);
    }

    /// <summary>
    /// Gets a new session token now. The client does this by itself when it has to. <c>POST /v1/players/auth/refresh</c>.
    /// </summary>
    /// <param name="cancellationToken">Gives up the wait; the session is refreshed all the same.</param>
    /// <exception cref="TaloException">
    /// Nobody has signed in, the session is of the kind that is not refreshed (<see cref="PlayerAuthOptions.WithRefresh"/>), the server
    /// has ended it (<see cref="SessionLost"/> tells), or could not be reached: then nothing has changed.
    /// </exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var session = RequireSession("RefreshAsync").Session;
        if (session.RefreshToken is null)
            throw new TaloException("This session has no refresh token and needs none: it is good until the player signs in or out somewhere.");
        return calls.Run(sessions.Renew(session).Select(static _ => Unit.Default), cancellationToken);
    }

    /// <summary>
    /// Signs out, here and on the server: the game plays as nobody, the socket is reset, the kept session forgotten.
    /// <c>POST /v1/players/auth/logout</c>.
    /// </summary>
    /// <remarks>A session that the server has ended already is no error. Without a network, <see cref="TaloPlayers.ClearIdentity"/> signs out here.</remarks>
    /// <param name="cancellationToken">Gives the call up; the server may have done it.</param>
    /// <exception cref="TaloException">Nobody has signed in, or the server could not be reached: the player stays signed in.</exception>
    public Task LogoutAsync(CancellationToken cancellationToken = default)
    {
        lifetime.ThrowIfDisposed();
        var (alias, _) = RequireSession("LogoutAsync");
        var logout = http.Send(new TaloRequest("POST", "/v1/players/auth/logout") { AliasId = alias.Id })
            .Select(static _ => Unit.Default)
            .Catch((TaloException error) => error.Status == 401 && error.PlayerAuthErrorCode == PlayerAuthErrorCode.InvalidSession
                ? Observable.Return(Unit.Default, System.Reactive.Concurrency.ImmediateScheduler.Instance)
                : Observable.Throw<Unit>(error))
            .Do(_ => identity.Clear(alias.Id));
        return calls.Run(logout, cancellationToken);
    }

    /// <summary>Restores the session when the client begins, where the options ask for it.</summary>
    internal void Start()
    {
        // A failure is told by Players.IdentificationFailed or SessionLost.
        start.RunPatiently(settings, () => lifetime.IsOver).Subscribe(static _ => { }, static _ => { });
    }

    private IObservable<LoginResult> SignIn(AuthBody body, string path, EntityReader<SignedIn> reader) => Send(body, "POST", path, null, reader).SelectMany(answer =>
    {
        var result = new LoginResult { Alias = answer.Alias, AliasId = answer.AliasId, VerificationRequired = answer.VerificationRequired };
        return answer.Alias is not { } alias
            ? Observable.Return(result, System.Reactive.Concurrency.ImmediateScheduler.Instance)
            : sessions.Keep(answer.Session).Do(session => identity.Become(alias, answer.SocketToken, session)).Select(_ => result);
    });

    private IObservable<T> Send<T>(AuthBody body, string method, string path, int? aliasId, EntityReader<T> reader) => Observable.Defer(() =>
    {
        body.Secrets.ForEach(http.Conceal);
        return http.Send(body.Request(method, path) with { AliasId = aliasId }, reader);
    });

    private (PlayerAlias Alias, PlayerSession Session) RequireSession(string call)
    {
        // Also where nobody is known: IdentifyAsync would not help.
        return connection.Player is { } alias && sessions.Of(alias.Id) is { } session
            ? (alias, session)
            : throw new TaloException($"{call} needs a player who has signed in with a Talo account: call PlayerAuth.LoginAsync first.");
    }
}
