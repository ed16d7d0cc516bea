using System;
using System.Net.WebSockets;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Transport;

/// <summary>How a link ended, as far as the transport can tell.</summary>
public sealed class LinkClosure
{
    /// <summary>The code that stands for "no close frame came" (RFC 6455, 7.4.1).</summary>
    public const int AbnormalClosure = 1006;

    /// <summary>Describes an end.</summary>
    /// <param name="end">Who ended it.</param>
    /// <param name="code">The close code: as received, 1005 when a close frame had none, 1006 without a close frame.</param>
    /// <param name="reason">The reason as received, or empty.</param>
    /// <param name="cause">The failure under it, if there was one.</param>
    public LinkClosure(LinkEnd end, int code, string reason, Exception? cause = null)
    {
        End = end;
        Code = code;
        Reason = reason ?? throw new ArgumentNullException(nameof(reason));
        Cause = cause;
    }

    /// <summary>Who ended it.</summary>
    public LinkEnd End { get; }

    /// <summary>The close code.</summary>
    public int Code { get; }

    /// <summary>The reason as received, or empty.</summary>
    public string Reason { get; }

    /// <summary>The failure under it, if there was one.</summary>
    public Exception? Cause { get; }

    /// <summary>The peer's close frame, as the socket that read it has it.</summary>
    internal static LinkClosure ByPeer(WebSocket socket) =>
        new(LinkEnd.ClosedByPeer, (int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty), socket.CloseStatusDescription ?? "");

    /// <summary>The peer sent a larger frame than this side accepts.</summary>
    internal static LinkClosure TooLarge(int maxFrameBytes) => new(
        LinkEnd.ClosedHere, (int)WebSocketCloseStatus.MessageTooBig, $"A frame was larger than {maxFrameBytes} bytes (MaxFrameBytes).");

    /// <inheritdoc/>
    public override string ToString() => ControlCharacters.Escape(Reason.Length == 0 ? $"{Code} ({End})" : $"{Code} {Reason} ({End})");
}
