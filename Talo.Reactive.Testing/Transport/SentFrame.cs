using System;
using Newtonsoft.Json.Linq;

namespace Talo.Reactive.Testing;

/// <summary>A frame that the client wrote.</summary>
public sealed class SentFrame
{
    private readonly Lazy<JObject?> _envelope;

    internal SentFrame(string text, DateTimeOffset at, TimeSpan elapsed)
    {
        Text = text;
        At = at;
        Elapsed = elapsed;
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        Signature = line < 0 ? null : text.Substring(0, line);
        Payload = line < 0 ? text : text.Substring(line + 1);
        _envelope = new Lazy<JObject?>(() => ScriptJson.TryParse(Payload), isThreadSafe: false);
    }

    /// <summary>The whole text, a signature line included.</summary>
    public string Text { get; }

    /// <summary>The clock of the scheduler when the peer had it.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The time since the transport was made when the peer had it.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The signature line of request verification, or null when there is none.</summary>
    public string? Signature { get; }

    /// <summary>The text without its signature line.</summary>
    public string Payload { get; }

    /// <summary>The name of the request, or null when the payload is not a <c>{"req","data"}</c> envelope (a heartbeat, for one).</summary>
    public string? Req => _envelope.Value?["req"] is JValue { Type: JTokenType.String } req ? (string?)req : null;

    /// <summary>The data of the request; empty when the payload has none.</summary>
    public JObject Data => _envelope.Value?["data"] as JObject ?? new JObject();

    /// <summary>Whether it is the heartbeat text.</summary>
    public bool IsHeartbeat => Text == "v1.heartbeat";

    /// <inheritdoc/>
    public override string ToString() => Text;
}
