using System;

namespace Talo.Reactive.Loopback.Sockets;

internal enum InboundKind
{
    /// <summary>A whole text or binary message.</summary>
    Message,
    Ping,
    Pong,
    Close,

    /// <summary>The client broke the WebSocket protocol; <see cref="InboundFrame.CloseCode"/> says how.</summary>
    Violation,

    /// <summary>The connection is gone without a close frame.</summary>
    End,
}

internal readonly record struct InboundFrame(InboundKind Kind, ReadOnlyMemory<byte> Payload, int? CloseCode = null)
{
    public static InboundFrame Violation(int code) => new(InboundKind.Violation, default, code);

    public static readonly InboundFrame End = new(InboundKind.End, default);
}
