using System;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Outbound;

/// <summary>One frame on its way out, and who wants to know how it ends.</summary>
internal sealed class OutgoingFrame
{
    private IDisposable? timer;

    internal OutgoingFrame(string req, byte[] payload, FrameClass frameClass)
    {
        Req = req;
        Payload = payload;
        Class = frameClass;
    }

    internal string Req { get; }

    /// <summary>The JSON text, without a signature: that is made when it is written.</summary>
    internal byte[] Payload { get; }

    internal FrameClass Class { get; }

    /// <summary>Whether the server refuses it unless a player is identified.</summary>
    internal bool NeedsPlayer { get; init; }

    /// <summary>The alias that it speaks for: it is never sent as somebody else. Null when none was known as it was queued.</summary>
    internal int? AliasId { get; set; }

    /// <summary>How long it may wait; null for as long as it takes.</summary>
    internal TimeSpan? ExpiresAfter { get; init; }

    internal DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>For a channel message: where to and what, to know its echo by.</summary>
    internal ChannelText? Text { get; init; }

    /// <summary>For an identify request of the game's own: the alias that it names.</summary>
    internal int? Identifies { get; init; }

    /// <summary>The game's task; null where it wants none.</summary>
    internal PendingCall<bool>? Call { get; init; }

    /// <summary>For <c>DeliverAsync</c>: ended by the echo, an error or a time limit.</summary>
    internal PendingCall<Delivery>? Delivery { get; init; }

    /// <summary>Whether it was refused for its signature once already and is on its way again.</summary>
    internal bool IsSignedAgain { get; set; }

    /// <summary>Told, inside a turn, that the write begins: it may wait for its turn before that.</summary>
    internal Action? WriteBegan { get; init; }

    /// <summary>Where it stands among the channel messages whose echo is due; null while it does not.</summary>
    internal DeliveryLedger<OutgoingFrame, TaloSocketError>.Frame? InFlight { get; set; }

    /// <summary>Whether the game gave it up, or the client ended, before it began.</summary>
    internal bool IsOver => Call is { IsOver: true } || Delivery is { IsOver: true };

    /// <summary>Has something happen after its time in the outbox or in flight, in place of what was to happen before.</summary>
    internal void SetTimer(IDisposable? next)
    {
        timer?.Dispose();
        timer = next;
    }
}

/// <summary>What a channel message says to whom.</summary>
internal sealed record ChannelText(int ChannelId, string Message);
