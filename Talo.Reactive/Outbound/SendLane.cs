using System;
using System.Collections.Generic;
using System.Threading;
using Talo.Reactive.Transport;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Outbound;

/// <summary>What sending knows about one link: thrown away with it. Changed inside turns only.</summary>
internal sealed class SendLane
{
    /// <summary>The share of the server's limit that is kept for identify requests and heartbeats.</summary>
    private const double Reserve = 0.05;

    /// <summary>More than the server takes in one of its windows.</summary>
    private const int MostUnawaited = 4096;

    // In the place of the one alias whose echoes are due.
    private const long Nobody = long.MinValue;
    private const long Several = long.MaxValue;

    private readonly SendPace unidentified;
    private readonly SendPace identified;
    private long awaited = Nobody;

    internal SendLane(ILink socket, PacingOptions pacing)
    {
        Socket = socket;
        // The server counts with one counter before and another after it knows the player.
        unidentified = new SendPace(pacing.UnidentifiedLimit, pacing.Window, Reserve);
        identified = new SendPace(pacing.IdentifiedLimit, pacing.Window, Reserve);
    }

    internal ILink Socket { get; }

    /// <summary>The alias that the server knows on this link.</summary>
    internal int? IdentifiedAs { get; set; }

    /// <summary>Whether nothing more is to be written.</summary>
    internal bool IsClosing { get; set; }

    /// <summary>Identify requests and heartbeats: they go before everything that waits.</summary>
    internal List<OutgoingFrame> Urgent { get; } = [];

    /// <summary>The aliases that identify requests of the game's own have named on this link, while their answer is due.</summary>
    internal HashSet<int> IdentifiedByGame { get; } = [];

    /// <summary>The frame whose write has begun.</summary>
    internal OutgoingFrame? Writing { get; set; }

    /// <summary>Channel messages whose echo is due.</summary>
    internal DeliveryLedger<OutgoingFrame, TaloSocketError> InFlight { get; } = new();

    /// <summary>
    /// Whether the data of a channel message may be an echo that matters. Asked by the reader outside of turns, before it decodes
    /// anything: what others say is none.
    /// </summary>
    internal bool MayBeEcho(ReadOnlySpan<byte> data) => Volatile.Read(ref awaited) switch
    {
        Nobody => false,
        Several => true,
        var alias => NumberIn.MayBe(data, (int)alias),
    };

    /// <summary>Those of them that nobody waits for, and how long their echo counts as due.</summary>
    internal Queue<(DeliveryLedger<OutgoingFrame, TaloSocketError>.Frame Frame, DateTimeOffset Until)> Unawaited { get; } = new();

    internal SendPace Pace => IdentifiedAs is null ? unidentified : identified;

    /// <summary>From now on, which is before the write, what the server tells of this alias matters.</summary>
    internal void BeginTracking(int alias)
    {
        var before = Volatile.Read(ref awaited);
        Volatile.Write(ref awaited, before == Nobody || before == alias ? alias : Several);
    }

    /// <summary>
    /// Gives up those whose time has passed. Where a server that takes more than Talo does echoes nothing, the oldest go before
    /// their time: they must not pile up.
    /// </summary>
    internal void ExpireUnawaited(DateTimeOffset now)
    {
        while (Unawaited.Count > 0 && (Unawaited.Count >= MostUnawaited || Unawaited.Peek().Until <= now))
            InFlight.Expire(Unawaited.Dequeue().Frame);
    }

    /// <summary>
    /// After something was settled: echoes matter while a frame is open. A given-up one is: it takes part in telling whose an
    /// error is.
    /// </summary>
    internal void EndTracking()
    {
        if (InFlight.IsEmpty) Volatile.Write(ref awaited, Nobody);
    }

    internal void SilenceUntil(DateTimeOffset until)
    {
        unidentified.SilenceUntil(until);
        identified.SilenceUntil(until);
        SilentUntil = until;
    }

    /// <summary>Until when nothing may be sent at all; null when there is no such time.</summary>
    internal DateTimeOffset? SilentUntil { get; private set; }

    internal void HalveUntil(DateTimeOffset until)
    {
        unidentified.HalveUntil(until);
        identified.HalveUntil(until);
    }
}
