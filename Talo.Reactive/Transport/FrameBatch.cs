using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Talo.Reactive.Transport;

/// <summary>
/// The frames that have come, laid one behind the other in one rented block, each with its length in front: what the engine takes
/// as one message. A frame larger than the block passes through it in pieces and is a message of its own. Holds no block while it
/// holds no bytes.
/// </summary>
/// <remarks>
/// In the block: what was handed over already, whole frames, the frame under way, room. A read may be writing into the room while
/// whole frames are handed over, so nothing moves before <see cref="Free"/> or the next <see cref="Add"/>.
/// </remarks>
internal sealed class FrameBatch : IDisposable
{
    /// <summary>The engine keeps a buffer of this size between messages, and its streams have blocks of this size.</summary>
    internal const int Capacity = 64 * 1024;

    /// <summary>What stands in front of each frame.</summary>
    internal const int PrefixBytes = sizeof(int);

    // In place of a length that is not known yet: all that follows in the message is one frame.
    private const int RestIsOneFrame = -1;

    // With less room than this the frames that are whole go first: a read of a few bytes costs as much as one of many.
    private const int SmallestRoom = 256;

    private readonly ArrayPool<byte> _pool;
    private byte[] _block = Array.Empty<byte>();
    private int _handedOver;
    private int _whole;
    private int _end;
    private long _frameBytes;
    private bool _isInFrame;
    private Passage _passage;

    internal FrameBatch(ArrayPool<byte> pool, int maxFrameBytes)
    {
        _pool = pool;
        MaxFrameBytes = maxFrameBytes;
    }

    /// <summary>A frame larger than the block on its way through it.</summary>
    private enum Passage
    {
        None,
        Begun,
        Complete,
    }

    /// <summary>The largest frame that is accepted.</summary>
    internal int MaxFrameBytes { get; }

    /// <summary>Whether the next piece begins a frame.</summary>
    internal bool IsBetweenFrames => !_isInFrame;

    /// <summary>Whether there is something to hand over.</summary>
    internal bool IsReady => _handedOver < _whole || _passage == Passage.Complete || IsFilledByOneFrame;

    /// <summary>Whether what is ready has to be handed over before anything else is read.</summary>
    internal bool IsFull => IsReady && (_passage != Passage.None || Capacity - _end < SmallestRoom);

    private bool IsFilledByOneFrame => _isInFrame && _whole == 0 && _end == Capacity;

    /// <summary>Where the rest of the frame under way goes; never empty while the batch is not full.</summary>
    internal Memory<byte> Free()
    {
        MoveToFront();
        return _block.AsMemory(_end, Capacity - _end);
    }

    /// <summary>Takes in a piece that was read. The first of a frame is empty: no block is rented before a frame has come.</summary>
    /// <returns>False when the frame is too large.</returns>
    internal bool Add(int count, bool isLast)
    {
        if (!_isInFrame) BeginFrame();
        _end += count;
        _frameBytes += count;
        if (_frameBytes > MaxFrameBytes) return false;
        if (isLast) EndFrame();
        return true;
    }

    /// <summary>Hands over the next bytes of the message; false when nothing is ready.</summary>
    internal bool TryHandOver(Span<byte> to, out int count, out bool isEndOfMessage)
    {
        (count, isEndOfMessage) = (0, false);
        if (!IsReady) return false;
        if (IsFilledByOneFrame) PassOn();

        count = Math.Min(to.Length, _whole - _handedOver);
        _block.AsSpan(_handedOver, count).CopyTo(to);
        _handedOver += count;
        if (_handedOver < _whole) return true;

        isEndOfMessage = _passage != Passage.Begun;
        if (_passage == Passage.Begun) Empty();
        else if (!_isInFrame) Dispose();
        return true;
    }

    /// <summary>Takes the next frame off a message; false when there is none.</summary>
    internal static bool TryTakeFrame(ref ReadOnlyMemory<byte> message, out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (message.IsEmpty) return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(message.Span);
        message = message[PrefixBytes..];
        if (length == RestIsOneFrame) length = message.Length;
        frame = message[..length];
        message = message[length..];
        return true;
    }

    /// <summary>Gives the block back. Not while a read is writing into it.</summary>
    public void Dispose()
    {
        var block = _block;
        _block = Array.Empty<byte>();
        _passage = Passage.None;
        Empty();
        if (block.Length > 0) _pool.Return(block);
    }

    private void BeginFrame()
    {
        if (_block.Length == 0) _block = _pool.Rent(Capacity);
        MoveToFront();
        _isInFrame = true;
        _frameBytes = 0;
        _end = _whole + PrefixBytes;
    }

    private void EndFrame()
    {
        _isInFrame = false;
        if (_passage == Passage.Begun) _passage = Passage.Complete;
        else WritePrefix(_end - _whole - PrefixBytes);
        _whole = _end;
    }

    private void PassOn()
    {
        if (_passage == Passage.None) WritePrefix(RestIsOneFrame);
        _passage = Passage.Begun;
        _whole = _end;
    }

    private void WritePrefix(int value) => BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_whole), value);

    private void MoveToFront()
    {
        if (_handedOver == 0 || _handedOver < _whole) return;
        _block.AsSpan(_whole, _end - _whole).CopyTo(_block);
        (_handedOver, _whole, _end) = (0, 0, _end - _whole);
    }

    private void Empty() => (_handedOver, _whole, _end) = (0, 0, 0);
}
