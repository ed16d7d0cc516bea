using System;
using System.Collections.Generic;
using System.Reactive;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Outbound;

/// <summary>
/// Follows channel messages from their write to what the server says of them: an echo, an error, or nothing in time. Used inside
/// turns.
/// </summary>
internal sealed class EchoWatch
{
    /// <summary>Of each text of an error that waits for its message; thousands may wait, and the server decides how long they are.</summary>
    internal const int LongestText = 1024;

    // Clocks drift by less than the server forgives in far longer.
    private static readonly TimeSpan BetweenMeasurements = TimeSpan.FromMinutes(1);

    private readonly Settings settings;
    private readonly Turns turns;
    private readonly Action<IReadOnlyList<OutgoingFrame>> sendAgain;
    private readonly List<OutgoingFrame> signAgain = [];
    private bool isMeasuring;
    private DateTimeOffset? measuredAt;

    /// <param name="settings">How long an echo is waited for.</param>
    /// <param name="turns">What this is used in.</param>
    /// <param name="sendAgain">Writes frames once more, before all others.</param>
    internal EchoWatch(Settings settings, Turns turns, Action<IReadOnlyList<OutgoingFrame>> sendAgain)
    {
        this.settings = settings;
        this.turns = turns;
        this.sendAgain = sendAgain;
    }

    /// <summary>Measures the server's clock, after it refused a signature. Set once, by the connection.</summary>
    internal Func<IObservable<Unit>>? MeasureClock { get; set; }

    /// <summary>A message is about to be written.</summary>
    internal void Await(SendLane on, OutgoingFrame frame, int alias, ChannelText text, DateTimeOffset now)
    {
        on.BeginTracking(alias);
        var entry = on.InFlight.Add(alias, text.ChannelId, text.Message, frame);
        frame.InFlight = entry;
        if (frame.Delivery is null)
        {
            // A timer for each message that nobody follows would cost more than the message.
            on.ExpireUnawaited(now);
            on.Unawaited.Enqueue((entry, now + settings.Timeouts.Delivery));
            return;
        }

        frame.SetTimer(turns.After(settings.Timeouts.Delivery, () =>
        {
            if (on.InFlight.Expire(entry)) Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
        }));
    }

    /// <summary>An echo, or somebody else's message.</summary>
    internal void Heard(SendLane from, ChannelMessage message)
    {
        if (from.InFlight.TryEcho(message.PlayerAlias.Id, message.Channel.Id, message.Message, out var frame))
            Settle(frame, new Delivery(DeliveryOutcome.Delivered, null));
        Eliminate(from);
    }

    /// <summary>The server refused something.</summary>
    internal void Refused(SendLane from, TaloSocketError error)
    {
        if (error.Code == TaloSocketErrorCode.RateLimitExceeded)
        {
            from.SilenceUntil(turns.Now + settings.Pacing.SilenceFor);
            return;
        }

        if (error.Req != Requests.ChannelMessage)
        {
            // Which frame it was cannot be told, so none goes again; the next ones are signed with the right time.
            // Nor does a server that goes on saying so make a call of each.
            if (error.Code == TaloSocketErrorCode.InvalidSignature && !(turns.Now - measuredAt < BetweenMeasurements)) Measure();
            return;
        }

        from.InFlight.AddError(Kept(error));
        Eliminate(from);
    }

    /// <summary>The link has ended: of what is open on it nothing will be heard.</summary>
    internal void Forget(SendLane ended)
    {
        foreach (var frame in ended.InFlight.DrainAll()) Settle(frame, new Delivery(DeliveryOutcome.Unknown, null));
    }

    internal void Settle(OutgoingFrame frame, Delivery delivery)
    {
        frame.SetTimer(null);
        if (frame.Delivery is { } waiting) turns.Complete(() => waiting.Succeed(delivery));
    }

    private void Eliminate(SendLane on)
    {
        var any = on.InFlight.TryEliminate(out var rejected);
        on.EndTracking();
        if (!any) return;
        foreach (var (frame, error) in rejected)
        {
            if (error.Code == TaloSocketErrorCode.InvalidSignature && !frame.IsSignedAgain && MeasureClock is not null) SignAgain(frame);
            else Settle(frame, new Delivery(DeliveryOutcome.Rejected, error));
        }
    }

    private static TaloSocketError Kept(TaloSocketError error) => error with
    {
        Code = new TaloSocketErrorCode(Kept(error.Code.Value)),
        Message = Kept(error.Message),
        Cause = error.Cause is null ? null : Kept(error.Cause),
    };

    private static string Kept(string text) => text.Length <= LongestText
        ? text
        : text[..(char.IsHighSurrogate(text[LongestText - 2]) ? LongestText - 2 : LongestText - 1)] + "…";

    /// <summary>The server certainly did not take it, and the likely reason is this machine's clock.</summary>
    private void SignAgain(OutgoingFrame frame)
    {
        frame.IsSignedAgain = true;
        frame.SetTimer(null);
        signAgain.Add(frame);
        Measure();
    }

    /// <summary>One call at a time, however many frames were refused.</summary>
    private void Measure()
    {
        if (isMeasuring || MeasureClock is not { } measure) return;
        isMeasuring = true;
        measuredAt = turns.Now;
        turns.Afterwards(() => measure().Subscribe(static _ => { }, _ => turns.Take(Measured), () => turns.Take(Measured)));
    }

    private void Measured()
    {
        isMeasuring = false;
        var frames = signAgain.ToArray();
        signAgain.Clear();
        sendAgain(frames);
    }
}
