using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Talo.Reactive.Transport;

/// <summary>
/// The frames that have come, laid one behind the other in one rented block, each with its length in front: what the engine takes
/// as one message. A frame larger than the block is gathered beside it, and only its place goes through the engine, which would copy it
/// into ever larger memory of the shared pool. Holds no block while it holds no bytes.
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

    // In place of a length: the frame lies beside the block.
    private const int IsBeside = -1;

    // With less room than this the frames that are whole go first: a read of a few bytes costs as much as one of many.
    private const int SmallestRoom = 256;

    private readonly ArrayPool<byte> _pool;
    private byte[] _block = Array.Empty<byte>();
    private int _handedOver;
    private int _whole;
    private int _end;
    private long _frameBytes;
    private bool _isInFrame;
    private FrameBuffer? _large;

    internal FrameBatch(ArrayPool<byte> pool, int maxFrameBytes)
    {
        _pool = pool;
        MaxFrameBytes = maxFrameBytes;
    }

    /// <summary>The largest frame that is accepted.</summary>
    internal int MaxFrameBytes { get; }

    /// <summary>Whether the next piece begins a frame.</summary>
    internal bool IsBetweenFrames => !_isInFrame;

    /// <summary>Whether there is something to hand over.</summary>
    internal bool IsReady => _handedOver < _whole;

    /// <summary>Whether what is ready has to be handed over before anything else is read.</summary>
    internal bool IsFull => IsReady && (_large is not null || Capacity - _end < SmallestRoom);

    /// <summary>Where the rest of the frame under way goes; never empty while the batch is not full.</summary>
    internal Memory<byte> Free()
    {
        MoveToFront();
        if (_large is null && _end == Capacity) MoveBeside();
        return _large?.Free() ?? _block.AsMemory(_end, Capacity - _end);
    }

    /// <summary>Takes in a piece that was read. The first of a frame is empty: no block is rented before a frame has come.</summary>
    /// <returns>False when the frame is too large.</returns>
    internal bool Add(int count, bool isLast)
    {
        if (!_isInFrame) BeginFrame();
        if (_large is null) _end += count;
        else _large.Add(count);
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

        count = Math.Min(to.Length, _whole - _handedOver);
        _block.AsSpan(_handedOver, count).CopyTo(to);
        _handedOver += count;
        if (_handedOver < _whole) return true;

        isEndOfMessage = true;
        if (!_isInFrame) GiveBackBlock();
        return true;
    }

    /// <summary>The engine is done with what was handed over.</summary>
    internal void Forget()
    {
        _large?.Dispose();
        _large = null;
    }

    /// <summary>Takes the next frame off a message; false when there is none.</summary>
    internal bool TryTakeFrame(ref ReadOnlyMemory<byte> message, out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (message.IsEmpty) return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(message.Span);
        message = message[PrefixBytes..];
        if (length == IsBeside)
        {
            frame = _large!.Frame;
            return true;
        }

        frame = message[..length];
        message = message[length..];
        return true;
    }

    /// <summary>Gives all memory back. Not while a read is writing into it.</summary>
    public void Dispose()
    {
        Forget();
        GiveBackBlock();
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
        WritePrefix(_large is null ? _end - _whole - PrefixBytes : IsBeside);
        _whole = _end;
    }

    // The frame under way fills the block: all before it are handed over.
    private void MoveBeside()
    {
        _large = new FrameBuffer(_pool, MaxFrameBytes, 2 * Capacity);
        _block.AsSpan(PrefixBytes, _end - PrefixBytes).CopyTo(_large.Free().Span);
        _large.Add(_end - PrefixBytes);
        _end = PrefixBytes;
    }

    private void WritePrefix(int value) => BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(_whole), value);

    private void MoveToFront()
    {
        if (_handedOver == 0 || _handedOver < _whole) return;
        _block.AsSpan(_whole, _end - _whole).CopyTo(_block);
        (_handedOver, _whole, _end) = (0, 0, _end - _whole);
    }

    private void GiveBackBlock()
    {
        var block = _block;
        _block = Array.Empty<byte>();
        (_handedOver, _whole, _end) = (0, 0, 0);
        if (block.Length > 0) _pool.Return(block);
    }
}
