using System;
using System.Reactive.Disposables;
using System.Threading;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Sessions;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Connection;

/// <summary>
/// Makes the player known on each new link, with one token as long as it lasts. A token that was replaced elsewhere is had anew
/// once at once, then with growing waits: a player is never left unidentified for good. Used inside turns.
/// </summary>
internal sealed class Identification
{
    private readonly Settings settings;
    private readonly Turns turns;
    private readonly Sender sender;
    private readonly SocketTokens tokens;
    private readonly PlayerSessions sessions;
    private readonly IFaultReporter faults;
    private readonly IHost host;
    private Identity? current;
    private PlayerAlias? shown;
    private IDisposable work = Disposable.Empty;
    private LiveLink? link;
    private string? sentToken;
    private string? sentSession;
    private PlayerAlias? sentAlias;
    private OutgoingFrame? request;
    private int? askedAlias;
    private Step step;
    private bool tokenWasRefused;
    private bool renewedOnLink;
    private bool refreshedOnLink;
    private int failures;

    internal Identification(Settings settings, Turns turns, Sender sender, SocketTokens tokens, PlayerSessions sessions, IFaultReporter faults, IHost host)
    {
        this.settings = settings;
        this.turns = turns;
        this.sender = sender;
        this.tokens = tokens;
        this.sessions = sessions;
        this.faults = faults;
        this.host = host;
    }

    private enum Step
    {
        Idle,
        Renewing,
        Sent,
    }

    /// <summary>What identification does to the connection.</summary>
    internal interface IHost
    {
        void IdentifyStarted();

        void IdentifySucceeded();

        /// <param name="cause">Why.</param>
        /// <param name="retryIn">When the next try comes; null where none does.</param>
        void IdentifyFailed(ConnectionCause cause, TimeSpan? retryIn);
    }

    /// <summary>Who the game plays as, as the server said it last; null while nobody is known.</summary>
    internal Identity? Current
    {
        get => current;
        private set
        {
            current = value;
            Show();
        }
    }

    /// <summary>Hears of each change of the player, and says how the game sees it: with what is not saved yet.</summary>
    internal Func<PlayerAlias?, PlayerAlias?> View { get; set; } = static alias => alias;

    /// <summary>The player as the game sees it. From any thread.</summary>
    internal PlayerAlias? Shown => Volatile.Read(ref shown);

    /// <summary>Told inside the turn in which the game begins to play as somebody else, or as nobody.</summary>
    internal Action PlayerChanged { get; set; } = static () => { };

    /// <summary>Whether the server knows, or may have been told, who plays on this link.</summary>
    internal bool IsTaken => link is { } on
        && (on.Lane.IdentifiedAs is not null || on.Lane.IdentifiedByGame.Count > 0 || askedAlias is not null || step is Step.Sent);

    /// <summary>Another player, another token, or nobody. Tells nobody: <see cref="Begin"/> does.</summary>
    internal void Set(Identity? identity)
    {
        if (step is Step.Renewing && identity?.Alias.Id != Current?.Alias.Id)
        {
            step = Step.Idle;
            Work(Disposable.Empty);
        }

        var isAnother = identity?.Alias.Id != Current?.Alias.Id;
        Current = identity;
        sender.SetPlayer(identity?.Alias.Id);
        if (isAnother) PlayerChanged();
    }

    /// <summary>The same alias with other members: its player changed.</summary>
    internal void Update(PlayerAlias alias)
    {
        if (Current is { } identity && identity.Alias.Id == alias.Id) Current = identity with { Alias = alias };
    }

    /// <summary>Asks <see cref="View"/> again.</summary>
    internal void Show() => Volatile.Write(ref shown, View(current?.Alias));

    /// <summary>A new link is ready for it.</summary>
    internal void Attach(LiveLink ready)
    {
        link = ready;
        askedAlias = null;
        step = Step.Idle;
        renewedOnLink = false;
        refreshedOnLink = false;
        Begin();
    }

    /// <summary>The link is gone.</summary>
    internal void Detach()
    {
        Withdraw();
        link = null;
        askedAlias = null;
        step = Step.Idle;
        Work(Disposable.Empty);
    }

    /// <summary>The connection has been stable: a later failure is a new story.</summary>
    internal void Stable() => failures = 0;

    /// <summary>Identifies now, if there is somebody to identify, a link, and nothing under way.</summary>
    internal void Begin()
    {
        if (link is not { } on || Current is not { } identity || step is not Step.Idle || on.Lane.IdentifiedAs == identity.Alias.Id) return;
        if (identity.HasFreshToken(turns.Now)) Send(on, identity);
        else RenewToken(on, identity);
    }

    /// <summary>The server says who plays on the link. It counts where it answers a request that named the same alias.</summary>
    internal void Succeeded(LiveLink on, PlayerAlias alias)
    {
        if (on != link) return;
        var isAsked = on.Lane.IdentifiedByGame.Remove(alias.Id) || askedAlias == alias.Id;
        if (!isAsked)
        {
            // Said once more (a retry was answered too), it is no news.
            if (on.Lane.IdentifiedAs != alias.Id) NotAsked(alias);
            return;
        }

        Withdraw();
        askedAlias = null;
        step = Step.Idle;
        failures = 0;
        refreshedOnLink = false;
        Work(Disposable.Empty);
        on.Lane.IdentifiedAs = alias.Id;
        if (Current is null || Current.Alias.Id != alias.Id)
            // The game identified by a frame of its own: this is who it plays as now. No token is known to do it again.
            Set(new Identity(alias, null, turns.Now));
        else
            Current = Current with { Alias = Newest(alias) };
        host.IdentifySucceeded();
    }

    /// <summary>It changes nothing: who plays is for the game to say. A request that is open goes on waiting for its answer.</summary>
    private void NotAsked(PlayerAlias alias) => faults.Report(
        TaloFaultKind.PayloadMismatch,
        step is Step.Sent
            ? $"The server said that alias {alias.Id} is identified, and alias {sentAlias!.Id} was to be: that is no answer, and changes nothing."
            : $"The server said that alias {alias.Id} is identified, which nobody had asked for: that changes nothing.",
        Responses.IdentifySuccess);

    /// <summary>
    /// Props that an HTTP answer told while the request was under way may be newer than those that it found. An answer that tells
    /// nothing but the id leaves what is known.
    /// </summary>
    private PlayerAlias Newest(PlayerAlias told)
    {
        var known = Current!.Alias;
        if (told.Player.Id.Length == 0 || told.Identifier.Length == 0 || told.Service.Length == 0) return known;
        return ReferenceEquals(known, sentAlias) ? told : told with { Player = told.Player with { Props = known.Player.Props } };
    }

    internal void Refused(LiveLink on, TaloSocketError error)
    {
        if (on != link) return;
        if (step is not Step.Sent || Current is not { } identity)
        {
            // With one request of the game open, it is that one's. With more, any of them may still be answered.
            if (error.Req == Requests.Identify) askedAlias = null;
            if (error.Req == Requests.Identify && on.Lane.IdentifiedByGame.Count == 1) on.Lane.IdentifiedByGame.Clear();
            return;
        }

        // One that is not written yet can be no error's cause.
        if (request is not null) return;
        if (error.Code == TaloSocketErrorCode.RateLimitExceeded)
        {
            // Which frame it threw away unread the server does not say, so the request counts as lost: one more goes behind the silence.
            Send(on, identity);
            return;
        }

        if (error.Req != Requests.Identify) return;
        askedAlias = null;
        step = Step.Idle;
        tokenWasRefused = error.Code == TaloSocketErrorCode.InvalidSocketToken;
        if (tokenWasRefused && identity.Token is not null && identity.Token != sentToken) Send(on, identity);
        else if (tokenWasRefused && !renewedOnLink) RenewToken(on, identity);
        else if (error.Code == TaloSocketErrorCode.InvalidSessionToken && sessions.Of(identity.Alias.Id) is { } session
            && (session.SessionToken != sentSession || !refreshedOnLink))
        {
            if (session.SessionToken != sentSession) Send(on, identity);
            else Refresh(on, identity, session);
        }
        else Fail(new ConnectionCause
        {
            Kind = ConnectionCauseKind.IdentifyFailed,
            Text = $"The server refused to identify the player: {error.Message} ({error.Code})",
        },
        isLasting: error.Code == TaloSocketErrorCode.MissingAccessKeyScopes);
    }

    private void Send(LiveLink on, Identity identity)
    {
        var session = sessions.Of(identity.Alias.Id);
        if (session is not null && !refreshedOnLink && sessions.IsStale(session)) Refresh(on, identity, session);
        else Send(on, identity, session?.SessionToken);
    }

    private void Send(LiveLink on, Identity identity, string? sessionToken)
    {
        step = Step.Sent;
        sentToken = identity.Token;
        sentSession = sessionToken;
        sentAlias = identity.Alias;
        host.IdentifyStarted();
        var answer = new SerialDisposable();
        Work(answer);
        request = new OutgoingFrame(Requests.Identify, FrameWriter.Identify(identity.Alias.Id, identity.Token!, sessionToken), FrameClass.Reserved)
        {
            WriteBegan = () =>
            {
                request = null;
                askedAlias = identity.Alias.Id;
                // Counted from the write: before that the rate limit may have held it.
                answer.Disposable = turns.After(settings.Timeouts.Identify, () => TimedOut(on));
            },
        };
        sender.SubmitUrgent(on.Lane, request);
    }

    private void RenewToken(LiveLink on, Identity identity)
    {
        renewedOnLink = true;
        Await(on, "socket token", held => tokens.Renew(identity.Alias, held), token => Renewed(on, identity.Alias.Id, token));
    }

    /// <summary>The session is over soon, or was refused.</summary>
    private void Refresh(LiveLink on, Identity identity, PlayerSession session)
    {
        Await(on, "session", held => sessions.RenewInTurn(session, held), _ =>
        {
            refreshedOnLink = on == link;
            if (on != link || step is not Step.Renewing || Current?.Alias.Id != identity.Alias.Id) return;
            step = Step.Idle;
            Begin();
        });
    }

    private void Await<T>(LiveLink on, string what, Func<Action<TimeSpan>, IObservable<T>> call, Action<T> answered)
    {
        step = Step.Renewing;
        var slot = new SingleAssignmentDisposable();
        Work(slot);
        turns.Afterwards(() => slot.Disposable = call(wait => turns.Take(() => Held(slot, what, wait))).Subscribe(
            answer => turns.Take(() => answered(answer)),
            error => turns.Take(() => NotRenewed(on, what, error))));
    }

    /// <summary>Shows that it takes longer, and for how long.</summary>
    private void Held(IDisposable under, string what, TimeSpan wait)
    {
        if (under != work || step is not Step.Renewing) return;
        host.IdentifyFailed(RetryPolicy.TooManyCalls($"the player needs a new {what} to be identified with"), wait);
    }

    private void Renewed(LiveLink on, int aliasId, string token)
    {
        if (Current is not { } identity || identity.Alias.Id != aliasId) return;
        Current = identity with { Token = token, TokenAt = turns.Now };
        tokenWasRefused = false;
        if (on == link) Send(on, Current);
    }

    private void NotRenewed(LiveLink on, string what, Exception error)
    {
        if (on != link || step is not Step.Renewing) return;
        step = Step.Idle;
        faults.Report(TaloFaultKind.BackgroundCallFailed, error.Message, Requests.Identify, error);
        Fail(
            new ConnectionCause { Kind = ConnectionCauseKind.IdentifyFailed, Text = $"No {what} could be had: {error.Message}", Error = error },
            isLasting: false,
            asked: RetryAfter.Of(error));
    }

    private void TimedOut(LiveLink on)
    {
        if (on != link || step is not Step.Sent) return;
        step = Step.Idle;
        Fail(new ConnectionCause { Kind = ConnectionCauseKind.IdentifyFailed, Text = "The server did not answer the identify request in time." }, isLasting: false);
    }

    private void Fail(ConnectionCause cause, bool isLasting, TimeSpan? asked = null)
    {
        TimeSpan? wait = isLasting
            ? null
            : RetryPolicy.Wait(failures, asked, settings);
        failures++;
        if (wait is { } time)
        {
            Work(turns.After(time, () =>
            {
                if (tokenWasRefused && Current is { } identity && sentToken == identity.Token) Current = identity with { Token = null };
                Begin();
            }));
        }

        host.IdentifyFailed(cause, wait);
    }

    /// <summary>Takes the request back where it still waits for its turn.</summary>
    private void Withdraw()
    {
        if (link is { } on && request is { } waiting) Sender.WithdrawUrgent(on.Lane, waiting);
        request = null;
    }

    private void Work(IDisposable next)
    {
        var last = work;
        turns.Afterwards(last.Dispose);
        work = next;
    }
}
