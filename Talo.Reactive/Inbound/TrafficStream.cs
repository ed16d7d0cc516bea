using System;
using System.Text;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Inbound;

/// <summary>The client's <c>Traffic</c>. Costs nothing while nobody listens.</summary>
internal sealed class TrafficStream
{
    private readonly Turns turns;
    private readonly Redactor redactor;

    internal TrafficStream(Turns turns, Redactor redactor, IFaultReporter faults)
    {
        this.turns = turns;
        this.redactor = redactor;
        Traffic = new EventStream<TaloTraffic>("Socket.Traffic", turns.Deliveries, faults);
    }

    internal EventStream<TaloTraffic> Traffic { get; }

    internal bool IsObserved => Traffic.HasObservers;

    /// <summary>Called by the reader, which is inside the delivery queue already.</summary>
    internal void FrameIn(ReadOnlySpan<byte> frame)
    {
        if (IsObserved) Traffic.OnNext(Entry(TaloTrafficKind.FrameIn, Text(frame)));
    }

    internal void FrameOut(ReadOnlySpan<byte> frame)
    {
        if (IsObserved) Tell(Entry(TaloTrafficKind.FrameOut, Text(frame)));
    }

    internal void HttpRequest(string request, ReadOnlySpan<byte> body)
    {
        if (IsObserved) Tell(Entry(TaloTrafficKind.HttpRequest, Text(body)) with { Request = redactor.Redact(request) });
    }

    /// <param name="request">The method and the path.</param>
    /// <param name="status">Null where no reply came.</param>
    /// <param name="body">The body.</param>
    /// <param name="canBeShown">Whether its secrets are known.</param>
    internal void HttpReply(string request, int? status, ReadOnlySpan<byte> body, bool canBeShown)
    {
        if (!IsObserved) return;
        var text = canBeShown ? Text(body) : $"({body.Length} bytes, not shown: no JSON that can be read)";
        Tell(Entry(TaloTrafficKind.HttpReply, text) with { Request = redactor.Redact(request), Status = status });
    }

    private TaloTraffic Entry(TaloTrafficKind kind, string text) =>
        new() { At = turns.Now, Kind = kind, Text = redactor.Redact(text) };

    private void Tell(TaloTraffic entry) => turns.Tell(() => Traffic.OnNext(entry));

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
