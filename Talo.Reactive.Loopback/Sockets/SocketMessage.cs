using System;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// The text of a frame, taken apart. Reading it needs nothing of the server's state, so that a frame that takes long to read
/// holds nobody else up.
/// </summary>
internal readonly struct SocketMessage
{
    private static readonly byte[] HeartbeatText = "v1.heartbeat"u8.ToArray();

    public static readonly OutboundFrame Heartbeat = OutboundFrame.Text(HeartbeatText);

    private SocketMessage(ReadOnlyMemory<byte> frame, string? signature, ReadOnlyMemory<byte> payload)
    {
        Frame = frame;
        Signature = signature;
        Payload = payload;
        IsHeartbeat = frame.Span.SequenceEqual(HeartbeatText);
        IsJson = JsonText.TryParse(payload, out var root);
        Root = root;
    }

    public ReadOnlyMemory<byte> Frame { get; }

    public string? Signature { get; }

    /// <summary>What is signed: the frame without the line of the signature.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    public bool IsHeartbeat { get; }

    public bool IsJson { get; }

    public JsonElement Root { get; }

    public static SocketMessage Read(ReadOnlyMemory<byte> frame, bool mayBeSigned)
    {
        var newline = mayBeSigned ? frame.Span.IndexOf((byte)'\n') : -1;
        return newline < 0
            ? new(frame, null, frame)
            : new(frame, Encoding.UTF8.GetString(frame.Span[..newline]), frame[(newline + 1)..]);
    }
}
