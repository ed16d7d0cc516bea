using System;
using System.Threading;
using System.Threading.Tasks;
using Talo.Reactive.Dispatch;
using Talo.Reactive.Http;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Outbound;

/// <summary>What the game sends becomes frames here, and frames become tasks. Outside of turns.</summary>
internal sealed class Outgoing
{
    private readonly Turns turns;
    private readonly PendingCalls calls;
    private readonly Sender sender;
    private readonly Redactor redactor;

    internal Outgoing(Turns turns, PendingCalls calls, Sender sender, Redactor redactor)
    {
        this.turns = turns;
        this.calls = calls;
        this.sender = sender;
        this.redactor = redactor;
    }

    internal static string Name(string req) => string.IsNullOrWhiteSpace(req)
        ? throw new ArgumentException("Name the request, for instance \"v1.channels.message\".", nameof(req))
        : req;

    internal void Send(string req, byte[] payload, SendOptions? options) =>
        Submit(req, payload, TextOf(req, payload), Expiry(options), null, null);

    internal Task SendAsync(string req, byte[] payload, SendOptions? options, CancellationToken cancellation)
    {
        var text = TextOf(req, payload);
        var expires = Expiry(options);
        var call = calls.Begin<bool>(cancellation);
        Submit(req, payload, text, expires, call, null);
        return call.Task;
    }

    internal Task SendMessageAsync(int channelId, string text, SendOptions? options, CancellationToken cancellation)
    {
        var payload = FrameWriter.ChannelMessage(channelId, text);
        var expires = Expiry(options);
        var call = calls.Begin<bool>(cancellation);
        Submit(Requests.ChannelMessage, payload, new ChannelText(channelId, text), expires, call, null);
        return call.Task;
    }

    internal Task<Delivery> DeliverAsync(int channelId, string text, SendOptions? options, CancellationToken cancellation)
    {
        var payload = FrameWriter.ChannelMessage(channelId, text);
        var expires = Expiry(options);
        var call = calls.Begin<Delivery>(cancellation);
        Submit(Requests.ChannelMessage, payload, new ChannelText(channelId, text), expires, null, call);
        return call.Task;
    }

    private void Submit(string req, byte[] payload, ChannelText? text, TimeSpan? expires, PendingCall<bool>? call, PendingCall<Delivery>? delivery)
    {
        var isIdentify = req == Requests.Identify;
        if (isIdentify && !SecretsIn.TryKeep(payload, redactor))
            throw new ArgumentException($"A token of an identify request has at most {SecretLength.Max} characters, and there is one of each kind.", nameof(payload));
        var frame = new OutgoingFrame(req, payload, FrameClass.Game)
        {
            NeedsPlayer = req is Requests.ChannelMessage or Requests.Broadcast,
            ExpiresAfter = expires,
            Text = text,
            Identifies = isIdentify ? GameRequest.Alias(payload) : null,
            Call = call,
            Delivery = delivery,
        };
        if (call is { CanBeCanceled: true }) call.Canceled = () => Cancel(frame);
        if (delivery is { CanBeCanceled: true }) delivery.Canceled = () => Cancel(frame);
        turns.Take((sender, frame), static x =>
        {
            // Given up (or over with the client) before it began: from here on, giving up takes it back.
            if (!x.frame.IsOver) x.sender.Submit(x.frame);
        });
    }

    private void Cancel(OutgoingFrame frame) => turns.Take(() => sender.Cancel(frame));

    private static TimeSpan? Expiry(SendOptions? options) =>
        options?.ExpiresAfter is { } time ? OptionRules.Timeout(time, nameof(SendOptions.ExpiresAfter)) : null;

    /// <summary>A channel message that was sent by its bare name is tracked like any other.</summary>
    private static ChannelText? TextOf(string req, byte[] payload) => req == Requests.ChannelMessage ? GameRequest.Text(payload) : null;
}
