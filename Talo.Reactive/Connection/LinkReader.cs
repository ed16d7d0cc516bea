using System;
using System.Text.Json;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Inbound;
using Talo.Reactive.Outbound;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Connection;

/// <summary>
/// Hears one link, on the thread that reads it: each frame goes to the streams, then to the connection where it means
/// something to it. The next frame is read when this one's observers have returned.
/// </summary>
internal sealed class LinkReader : IObserver<ReadOnlyMemory<byte>>
{
    private readonly LiveLink link;
    private readonly TaloConnection connection;
    private readonly Sender sender;
    private readonly Turns turns;
    private readonly EventStreams streams;

    internal LinkReader(LiveLink link, TaloConnection connection, Sender sender, Turns turns, EventStreams streams)
    {
        this.link = link;
        this.connection = connection;
        this.sender = sender;
        this.turns = turns;
        this.streams = streams;
    }

    public void OnNext(ReadOnlyMemory<byte> frame)
    {
        link.CountFrame();
        var wasDelivering = link.IsDelivering;
        // From before the wait for another thread's observer: that one keeps the reader too.
        link.IsDelivering = true;
        if (!turns.Deliveries.TryEnter())
        {
            link.IsDelivering = wasDelivering;
            DeliverLater(frame.ToArray());
            return;
        }

        try
        {
            Deliver(frame.Span);
        }
        finally
        {
            turns.Deliveries.Leave();
            link.IsDelivering = false;
            if (link.Pulse is { IsAwaiting: true } pulse) turns.Take(pulse.ReadingAgain);
        }
    }

    /// <summary>The end of the link: a closure comes after the frames before it, whoever delivers them.</summary>
    public void OnCompleted() => turns.Take(() => connection.Ended(link));

    /// <summary>A transport that breaks the rule that frames never error.</summary>
    public void OnError(Exception error)
    {
        streams.Faults.Report(TaloFaultKind.ExtensionThrew, "The transport's frames ended with an error.", "ILink.Frames", error);
        OnCompleted();
    }

    /// <summary>A transport that answers from inside a write of an observer: this frame comes after what is being delivered.</summary>
    private void DeliverLater(byte[] copy) => turns.Deliveries.Post(() => Deliver(copy));

    private void Deliver(ReadOnlySpan<byte> frame)
    {
        if (link.IsAbandoned || turns.Deliveries.IsClosed) return;
        streams.Traffic.FrameIn(frame);
        if (Heartbeat.Is(frame)) return;
        if (!Envelope.TryScan(frame, out var envelope, out var problem))
        {
            streams.Faults.Report(TaloFaultKind.MalformedFrame, $"A frame of {frame.Length} bytes is not a message of the Talo Socket: {problem}.");
            return;
        }

        if (streams.Messages.HasObservers)
            streams.Messages.OnNext(new TaloMessage(ResTable.Name(envelope.Res), frame.ToArray(), envelope.DataStart, envelope.DataLength, streams.Known));
        if (!ResTable.TryGet(envelope.Res, out var kind)) return;

        var data = frame.Slice(envelope.DataStart, envelope.DataLength);
        try
        {
            Route(kind, data);
        }
        catch (TaloPayloadException error)
        {
            var res = ResTable.Name(kind);
            streams.Faults.Report(TaloFaultKind.PayloadMismatch, error.For(res).Message, res, error.For(res));
        }
    }

    // What captures something stands in a method of its own: a closure is made where its method begins, for every frame.
    private void Route(int kind, ReadOnlySpan<byte> data)
    {
        switch (kind)
        {
            case ResKind.Connected:
                Greeted();
                break;
            case ResKind.IdentifySuccess:
                Identified(Payload.Read(data, static (ref Utf8JsonReader reader) => PlayerAliasJson.ReadIdentity(ref reader)));
                break;
            case ResKind.Error:
                Refused(Payload.Read(data, TaloSocketErrorJson.Read));
                break;
            case ResKind.ChannelsMessage when link.Lane.MayBeEcho(data):
                Echo(data);
                break;
            default:
                if (streams.Route(kind) is { } route && route.IsWanted(data)) route.OnNext(data);
                break;
        }
    }

    private void Greeted() => turns.Take(() => connection.Greeted(link));

    private void Identified(PlayerAlias alias) => turns.Take(() => connection.Identification.Succeeded(link, alias));

    private void Refused(TaloSocketError raw)
    {
        var error = streams.Redact(raw);
        streams.Errors.OnNext(error);
        turns.Take(() =>
        {
            sender.Echoes.Refused(link.Lane, error);
            connection.Identification.Refused(link, error);
        });
    }

    /// <summary>A message that may be the one that somebody waits for: decoded once, for the streams too.</summary>
    private void Echo(ReadOnlySpan<byte> data)
    {
        var message = streams.ChannelMessages.Read(data);
        streams.ChannelMessages.OnNext(message);
        turns.Take((sender, link.Lane, message), static x => x.sender.Echoes.Heard(x.Lane, x.message));
    }
}
