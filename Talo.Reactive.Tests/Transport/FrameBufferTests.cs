using System;
using System.Buffers;
using System.Collections.Generic;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public sealed class FrameBufferTests
{
    [TestCase(1)]
    [TestCase(4_095)]
    [TestCase(4_096)]
    [TestCase(4_097)]
    [TestCase(100_000)]
    public void Pieces_AreJoinedUpToTheLimit_AndOneByteMoreIsSeen(int limit)
    {
        using var buffer = new FrameBuffer(new BookkeepingPool(), limit);
        for (var i = 0; i < limit; i++)
        {
            Assert.That(buffer.IsTooLarge, Is.False);
            buffer.Free().Span[0] = (byte)i;
            buffer.Add(1);
        }

        Assert.That(buffer.IsTooLarge, Is.False);
        Assert.That(buffer.Frame.Length, Is.EqualTo(limit));
        for (var i = 0; i < limit; i++)
        {
            if (buffer.Frame.Span[i] != (byte)i) Assert.Fail($"Byte {i} was lost.");
        }

        Assert.That(buffer.Free().Length, Is.EqualTo(1));
        buffer.Add(1);
        Assert.That(buffer.IsTooLarge, Is.True);
    }

    [Test]
    public void Memory_StartsSmall_Doubles_StaysUnderTheLimit_AndShrinksAfterTheFrame()
    {
        var pool = new BookkeepingPool();
        using (var buffer = new FrameBuffer(pool, 50_000))
        {
            while (!buffer.IsTooLarge) buffer.Add(buffer.Free().Length);
            buffer.Clear();
            Assert.That(pool.Sizes, Is.EqualTo(new[] { 4_096, 8_192, 16_384, 32_768, 50_001, 4_096 }));
            Assert.That(pool.Outside, Is.EqualTo(1));
        }

        Assert.That(pool.Outside, Is.Zero);
    }

    [TestCase(16 * 1024 * 1024)]
    [TestCase(3_000_000)]
    public void MemoryOfGiantFrames_IsNotThePools_AndGrowsToTheLimitInOneStep(int limit)
    {
        var pool = new BookkeepingPool();
        using var buffer = new FrameBuffer(pool, limit);
        var sizes = new List<int>();
        while (!buffer.IsTooLarge)
        {
            var free = buffer.Free();
            if (buffer.Frame.Length + free.Length is var size && (sizes.Count == 0 || sizes[^1] != size)) sizes.Add(size);
            buffer.Add(free.Length);
        }

        Assert.That(pool.Sizes, Is.EqualTo(new[] { 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144 }));
        Assert.That(pool.Outside, Is.Zero);
        Assert.That(sizes[^1], Is.EqualTo(limit + 1));
        Assert.That(sizes[^2], Is.LessThan(limit - 4_096));
    }

    [Test]
    public void MemoryOfMiddlingFrames_IsKept()
    {
        var pool = new BookkeepingPool();
        using var buffer = new FrameBuffer(pool, 50_000);
        for (var frame = 0; frame < 10; frame++)
        {
            while (buffer.Frame.Length < 12_000) buffer.Add(Math.Min(buffer.Free().Length, 5_000));
            buffer.Clear();
        }

        Assert.That(pool.Sizes, Is.EqualTo(new[] { 4_096, 8_192, 16_384 }));
    }

    [Test]
    public void LargestLimit_DoesNotOverflow()
    {
        using var buffer = new FrameBuffer(new BookkeepingPool(), int.MaxValue);
        Assert.That(buffer.Free().Length, Is.EqualTo(FrameBuffer.Small));
        Assert.That(buffer.IsTooLarge, Is.False);
    }

    private sealed class BookkeepingPool : ArrayPool<byte>
    {
        internal List<int> Sizes { get; } = [];

        internal int Outside { get; private set; }

        public override byte[] Rent(int minimumLength)
        {
            Sizes.Add(minimumLength);
            Outside++;
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false) => Outside--;
    }
}
