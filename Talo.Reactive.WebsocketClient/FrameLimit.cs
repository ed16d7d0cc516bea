using System.Net.WebSockets;

namespace Talo.Reactive.Transport;

/// <summary>Counts the pieces of each frame. The engine joins them without limit.</summary>
internal sealed class FrameLimit
{
    private readonly int _maxFrameBytes;
    private long _count;

    internal FrameLimit(int maxFrameBytes) => _maxFrameBytes = maxFrameBytes;

    internal LinkClosure Closure => new(
        LinkEnd.ClosedHere,
        (int)WebSocketCloseStatus.MessageTooBig,
        $"A frame was larger than {_maxFrameBytes} bytes (MaxFrameBytes).");

    internal bool Accepts(ValueWebSocketReceiveResult piece)
    {
        _count += piece.Count;
        if (_count > _maxFrameBytes) return false;
        if (piece.EndOfMessage) _count = 0;
        return true;
    }
}
