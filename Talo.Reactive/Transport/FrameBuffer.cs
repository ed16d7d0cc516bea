using System;
using System.Buffers;

namespace Talo.Reactive.Transport;

/// <summary>
/// Joins the pieces of one frame after another: doubles while a frame grows, small again after it. Its memory is rented as long as it is
/// of a size that many frames have. A pool keeps whatever comes back, in each size and for each of the threads that used it: the largest
/// frames of a few links would stay there for good.
/// </summary>
internal sealed class FrameBuffer : IDisposable
{
    internal const int Small = 4 * 1024;

    // What a link may keep while it waits. Above it the memory goes back to the pool after each frame.
    internal const int Kept = 16 * 1024;

    internal const int LargestRented = 256 * 1024;

    // The largest array that .NET gives, less the one byte that shows that a frame is too large.
    private const int LargestLimit = 0x7FFFFFC7 - 1;

    private readonly ArrayPool<byte> _pool;
    private readonly int _capacity;
    private byte[] _bytes = Array.Empty<byte>();
    private bool _isRented;
    private int _count;

    internal FrameBuffer(ArrayPool<byte> pool, int maxFrameBytes, int firstBytes = Small)
    {
        _pool = pool;
        _capacity = Math.Min(maxFrameBytes, LargestLimit) + 1;
        Swap(firstBytes);
    }

    /// <summary>The pieces so far; valid until the next call of any other member.</summary>
    internal ReadOnlyMemory<byte> Frame => _bytes.AsMemory(0, _count);

    /// <summary>More bytes than a frame may have: there is room for exactly one too many.</summary>
    internal bool IsTooLarge => _count == _capacity;

    private int Room => Math.Min(_bytes.Length, _capacity);

    /// <summary>Where the next piece goes; never empty while the frame is not too large.</summary>
    internal Memory<byte> Free()
    {
        if (_count == Room) Swap(Larger());
        return _bytes.AsMemory(_count, Room - _count);
    }

    internal void Add(int count) => _count += count;

    internal void Clear()
    {
        _count = 0;
        if (_bytes.Length > Kept) Swap(Small);
    }

    public void Dispose()
    {
        _count = 0;
        Use(Array.Empty<byte>(), isRented: false);
    }

    // All that a frame may have, where doubling comes near it: not another array for the last byte.
    private long Larger() => Room * 2L >= _capacity - Small ? _capacity : Room * 2L;

    private void Swap(long size)
    {
        var count = (int)Math.Min(size, _capacity);
        var isRented = count <= LargestRented;
        var bytes = isRented ? _pool.Rent(count) : new byte[count];
        _bytes.AsSpan(0, _count).CopyTo(bytes);
        Use(bytes, isRented);
    }

    private void Use(byte[] bytes, bool isRented)
    {
        var before = _isRented ? _bytes : null;
        (_bytes, _isRented) = (bytes, isRented);
        if (before is not null) _pool.Return(before);
    }
}
