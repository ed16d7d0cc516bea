using System;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
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
    private readonly IFaultReporter faults;
    private readonly IHost host;
    private IDisposable work = Disposable.Empty;
    private LiveLink? link;
    private string? sentToken;
    private Step step;
    private bool tokenWasRefused;
    private bool renewedOnLink;
    private int failures;

    internal Identification(Settings settings, Turns turns, Sender sender, SocketTokens tokens, IFaultReporter faults, IHost host)
    {
        this.settings = settings;
        this.turns = turns;
        this.sender = sender;
        this.tokens = tokens;
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

    /// <summary>Who the game plays as; null while nobody is known.</summary>
    internal Identity? Current { get; private set; }

    /// <summary>Told inside the turn in which the game begins to play as somebody else, or as nobody.</summary>
    internal Action PlayerChanged { get; set; } = static () => { };

    /// <summary>Whether the server knows, or is just being told, who plays on this link.</summary>
    internal bool IsTaken => link is { Lane.IdentifiedAs: not null } || step is Step.Sent;

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

    /// <summary>A new link is ready for it.</summary>
    internal void Attach(LiveLink ready)
    {
        link = ready;
        step = Step.Idle;
        renewedOnLink = false;
        Begin();
    }

    /// <summary>The link is gone.</summary>
    internal void Detach()
    {
        link = null;
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
        else Renew(on, identity);
    }

    internal void Succeeded(LiveLink on, PlayerAlias alias)
    {
        if (on != link) return;
        step = Step.Idle;
        failures = 0;
        Work(Disposable.Empty);
        on.Lane.IdentifiedAs = alias.Id;
        if (Current is null || Current.Alias.Id != alias.Id)
            // The game identified by a frame of its own: this is who it plays as now. No token is known to do it again.
            Set(new Identity(alias, null, turns.Now));
        else
            Current = Current with { Alias = alias };
        host.IdentifySucceeded();
    }

    internal void Refused(LiveLink on, TaloSocketError error)
    {
        if (on != link || step is not Step.Sent || Current is not { } identity) return;
        if (error.Code == TaloSocketErrorCode.RateLimitExceeded)
        {
            // The server threw the request away unread. It goes again, behind the silence.
            Send(on, identity);
            return;
        }

        if (error.Req != Requests.Identify) return;
        step = Step.Idle;
        tokenWasRefused = error.Code == TaloSocketErrorCode.InvalidSocketToken;
        if (tokenWasRefused && identity.Token is not null && identity.Token != sentToken) Send(on, identity);
        else if (tokenWasRefused && !renewedOnLink) Renew(on, identity);
        else Fail(new ConnectionCause
        {
            Kind = ConnectionCauseKind.IdentifyFailed,
            Text = $"The server refused to identify the player: {error.Message} ({error.Code})",
        },
        isLasting: error.Code == TaloSocketErrorCode.MissingAccessKeyScopes);
    }

    private void Send(LiveLink on, Identity identity)
    {
        step = Step.Sent;
        sentToken = identity.Token;
        host.IdentifyStarted();
        var answer = new SerialDisposable();
        Work(answer);
        sender.SubmitUrgent(on.Lane, new OutgoingFrame(Requests.Identify, FrameWriter.Identify(identity.Alias.Id, identity.Token!, null), FrameClass.Reserved)
        {
            // Counted from the write: before that the rate limit may have held it.
            WriteBegan = () => answer.Disposable = turns.After(settings.Timeouts.Identify, () => TimedOut(on)),
        });
    }

    private void Renew(LiveLink on, Identity identity)
    {
        step = Step.Renewing;
        renewedOnLink = true;
        var slot = new SingleAssignmentDisposable();
        Work(slot);
        turns.Afterwards(() => slot.Disposable = tokens.Renew(identity.Alias).Subscribe(
            token => turns.Take(() => Renewed(on, identity.Alias.Id, token)),
            error => turns.Take(() => NotRenewed(on, error))));
    }

    private void Renewed(LiveLink on, int aliasId, string token)
    {
        if (Current is not { } identity || identity.Alias.Id != aliasId) return;
        Current = identity with { Token = token, TokenAt = turns.Now };
        tokenWasRefused = false;
        if (on == link) Send(on, Current);
    }

    private void NotRenewed(LiveLink on, Exception error)
    {
        if (on != link || step is not Step.Renewing) return;
        step = Step.Idle;
        faults.Report(TaloFaultKind.BackgroundCallFailed, error.Message, Requests.Identify, error);
        var known = error as TaloException;
        Fail(
            new ConnectionCause { Kind = ConnectionCauseKind.IdentifyFailed, Text = $"No socket token could be had: {error.Message}", Error = error },
            isLasting: false,
            asked: known is { Status: 429 } ? known.RetryAfter ?? TimeSpan.FromSeconds(60) : null);
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
            : asked is { } least
                ? RetryPolicy.Bounded(Backoff.AfterTooManyRequests(least, settings.Reconnect.RateLimitJitter, settings.NextRandom()))
                : Backoff.FullJitter(failures, settings.Reconnect.InitialDelay, settings.Reconnect.MaxDelay, settings.NextRandom());
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

    private void Work(IDisposable next)
    {
        var last = work;
        turns.Afterwards(last.Dispose);
        work = next;
    }
}
