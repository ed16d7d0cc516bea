using System;
using System.Buffers;

namespace Talo.Reactive.Transport;

/// <summary>Joins the pieces of one frame after another in rented memory: doubles while a frame grows, small again after it.</summary>
internal sealed class FrameBuffer : IDisposable
{
    internal const int Small = 4 * 1024;

    // What a link may keep while it waits. Above it the memory goes back to the pool after each frame.
    internal const int Kept = 16 * 1024;

    // The largest array that .NET gives, less the one byte that shows that a frame is too large.
    private const int LargestLimit = 0x7FFFFFC7 - 1;

    private readonly ArrayPool<byte> _pool;
    private readonly int _capacity;
    private byte[] _bytes;
    private int _count;

    internal FrameBuffer(ArrayPool<byte> pool, int maxFrameBytes)
    {
        _pool = pool;
        _capacity = Math.Min(maxFrameBytes, LargestLimit) + 1;
        _bytes = pool.Rent(Math.Min(Small, _capacity));
    }

    /// <summary>The pieces so far; valid until the next call of any other member.</summary>
    internal ReadOnlyMemory<byte> Frame => _bytes.AsMemory(0, _count);

    /// <summary>More bytes than a frame may have: there is room for exactly one too many.</summary>
    internal bool IsTooLarge => _count == _capacity;

    private int Room => Math.Min(_bytes.Length, _capacity);

    /// <summary>Where the next piece goes; never empty while the frame is not too large.</summary>
    internal Memory<byte> Free()
    {
        if (_count == Room) Swap(_pool.Rent((int)Math.Min(Room * 2L, _capacity)));
        return _bytes.AsMemory(_count, Room - _count);
    }

    internal void Add(int count) => _count += count;

    internal void Clear()
    {
        _count = 0;
        if (_bytes.Length > Kept) Swap(_pool.Rent(Math.Min(Small, _capacity)));
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = Array.Empty<byte>();
        _count = 0;
        if (bytes.Length > 0) _pool.Return(bytes);
    }

    private void Swap(byte[] bytes)
    {
        _bytes.AsSpan(0, _count).CopyTo(bytes);
        _pool.Return(_bytes);
        _bytes = bytes;
    }
}
