using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

/// <summary>The batch between a socket that is read and an engine that takes messages, both played here without either.</summary>
public sealed class FrameBatchTests
{
    private const int Capacity = FrameBatch.Capacity;
    private const int Prefix = FrameBatch.PrefixBytes;

    [Test]
    public void NothingCame_NothingIsReady_AndNothingIsRented()
    {
        var pool = new CountingPool();
        using var batch = new FrameBatch(pool, Capacity);

        Assert.That((batch.IsReady, batch.IsFull, batch.IsBetweenFrames), Is.EqualTo((false, false, true)));
        Assert.That(batch.TryHandOver(new byte[4096], out _, out _), Is.False);
        Assert.That(pool.Rented, Is.Zero);
    }

    [Test]
    public void HalfAFrame_IsNotReady()
    {
        using var batch = new FrameBatch(ArrayPool<byte>.Shared, Capacity);
        Read(batch, Bytes(10), isLast: false);

        Assert.That((batch.IsReady, batch.IsBetweenFrames), Is.EqualTo((false, false)));
    }

    [Test]
    public void EveryTotalUpToTheCapacity_IsOneMessage()
    {
        var block = new byte[Capacity];
        for (var total = Prefix; total <= Capacity; total++)
        {
            using var batch = new FrameBatch(ArrayPool<byte>.Shared, Capacity);
            var first = (total - Prefix) / 2;
            var second = total - first - (2 * Prefix);
            ReadEmpty(batch, first);
            if (second >= 0 && !batch.IsFull) ReadEmpty(batch, second);

            Assert.That(batch.TryHandOver(block, out var count, out var isEnd), Is.True);
            Assert.That(isEnd, Is.True, $"{total}");
            if (second >= 0) Assert.That(count, Is.EqualTo(total));
        }
    }

    [TestCase(Capacity - Prefix, Capacity)]
    [TestCase(Capacity - Prefix + 1, Prefix)]
    [TestCase((2 * Capacity) - Prefix, Prefix)]
    [TestCase(20 * Capacity, Prefix)]
    public void FrameLargerThanTheBlock_IsOneMessage_AndDoesNotGoThroughTheEngine(int size, int messageBytes)
    {
        var pool = new CountingPool();
        var game = new Game(new FrameBatch(pool, size), engineBuffer: 4 * 1024);
        game.Frame(Bytes(size));

        Assert.That((game.Messages, game.MessageBytes), Is.EqualTo((1, messageBytes)));
        Assert.That(game.Heard.Single().AsSpan().SequenceEqual(Bytes(size)), Is.True);
        Assert.That(pool.Outstanding, Is.Zero);
    }

    [Test]
    public void FrameThatFillsTheBlock_AndEndsWithAnEmptyPiece_IsWhole()
    {
        var game = new Game(new FrameBatch(ArrayPool<byte>.Shared, Capacity), engineBuffer: Capacity);
        game.Piece(Bytes(Capacity - Prefix), isLast: false);
        game.Piece([], isLast: true);
        game.Frame(Bytes(3));

        Assert.That(game.Heard.Select(static x => x.Length), Is.EqualTo(new[] { Capacity - Prefix, 3 }));
    }

    [TestCase(99, true)]
    [TestCase(100, true)]
    [TestCase(101, false)]
    public void FrameOverTheLimit_IsRefused_AndTheFramesBeforeItAreReady(int size, bool isAccepted)
    {
        using var batch = new FrameBatch(ArrayPool<byte>.Shared, maxFrameBytes: 100);
        Read(batch, Bytes(100));
        Assert.That(Read(batch, Bytes(size)), Is.EqualTo(isAccepted));

        var message = new byte[4096];
        Assert.That(batch.TryHandOver(message, out var count, out var isEnd) && isEnd, Is.True);
        Assert.That(Frames(batch, message.AsMemory(0, count)), Has.Count.EqualTo(isAccepted ? 2 : 1));
    }

    [Test]
    public void BlockGoesBack_OnceEverythingIsHandedOver()
    {
        var pool = new CountingPool();
        using var batch = new FrameBatch(pool, Capacity);
        Read(batch, Bytes(10));
        Assert.That(pool.Outstanding, Is.EqualTo(1));
        batch.TryHandOver(new byte[4096], out _, out _);
        Assert.That(pool.Outstanding, Is.Zero);
    }

    [Test]
    public void BlockStays_WhileARestOfAFrameIsInIt()
    {
        var pool = new CountingPool();
        using var batch = new FrameBatch(pool, Capacity);
        Read(batch, Bytes(10));
        Read(batch, Bytes(5), isLast: false);
        var underWay = batch.Free();
        batch.TryHandOver(new byte[4096], out _, out _);
        Assert.That(pool.Outstanding, Is.EqualTo(1));

        // What was being read into before the others were handed over is still the place.
        Bytes(7).CopyTo(underWay);
        batch.Add(7, isLast: true);
        var message = new byte[4096];
        batch.TryHandOver(message, out var count, out _);
        Assert.That(Frames(batch, message.AsMemory(0, count)).Single(), Is.EqualTo(Bytes(5).Concat(Bytes(7)).ToArray()));
        Assert.That(pool.Outstanding, Is.Zero);
    }

    // Sizes and cuts of every kind, an engine whose buffer is small, and reads that are under way while frames are handed over.
    [Test]
    public void AnyFrames_InAnyPieces_ToAnyEngine_AreHeardAsTheyWereSent([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var pool = new CountingPool();
        var game = new Game(new FrameBatch(pool, 4 * Capacity), engineBuffer: random.Next(1, 3) * 4096 * random.Next(1, 9));
        var sent = new List<byte[]>();
        for (var i = random.Next(1, 120); i > 0; i--)
        {
            var size = random.Next(6) switch
            {
                0 => random.Next(0, 4),
                1 => random.Next(Capacity - 20, Capacity + 20),
                2 => random.Next(0, 3 * Capacity),
                _ => random.Next(0, 3_000),
            };
            var frame = new byte[size];
            random.NextBytes(frame);
            sent.Add(frame);
            var from = 0;
            while (from < size && random.Next(3) == 0)
            {
                var count = random.Next(0, size - from);
                game.Piece(frame.AsSpan(from, count).ToArray(), isLast: false, isAtOnce: random.Next(4) != 0);
                from += count;
            }

            game.Piece(frame[from..], isLast: true, isAtOnce: random.Next(4) != 0);
        }

        game.HandOver();
        Assert.That(game.Heard, Has.Count.EqualTo(sent.Count));
        for (var i = 0; i < sent.Count; i++) Assert.That(game.Heard[i].AsSpan().SequenceEqual(sent[i]), Is.True, $"frame {i}");
        Assert.That(pool.Outstanding, Is.Zero);
    }

    private static byte[] Bytes(int count) => Enumerable.Range(0, count).Select(static i => (byte)i).ToArray();

    private static bool Read(FrameBatch batch, byte[] bytes, bool isLast = true)
    {
        if (batch.IsBetweenFrames) batch.Add(0, isLast: false);
        bytes.CopyTo(batch.Free());
        return batch.Add(bytes.Length, isLast);
    }

    private static void ReadEmpty(FrameBatch batch, int count)
    {
        batch.Add(0, isLast: false);
        batch.Add(count, isLast: true);
    }

    private static List<byte[]> Frames(FrameBatch batch, ReadOnlyMemory<byte> message)
    {
        var frames = new List<byte[]>();
        while (batch.TryTakeFrame(ref message, out var frame)) frames.Add(frame.ToArray());
        return frames;
    }

    /// <summary>A peer's pieces go in, the engine takes messages out, and what it heard is written down.</summary>
    private sealed class Game(FrameBatch batch, int engineBuffer)
    {
        private readonly List<byte> _message = [];
        private readonly byte[] _buffer = new byte[engineBuffer];

        internal List<byte[]> Heard { get; } = [];

        internal int MessageBytes { get; private set; }

        internal int Messages { get; private set; }

        internal void Frame(byte[] frame)
        {
            Piece(frame, isLast: true);
            HandOver();
        }

        internal void Piece(byte[] piece, bool isLast, bool isAtOnce = true)
        {
            if (batch.IsFull) HandOver();
            if (batch.IsBetweenFrames)
            {
                // A frame without bytes ends with the look at it, as a socket tells it.
                batch.Add(0, isLast && piece.Length == 0);
                if (isLast && piece.Length == 0) return;
            }

            var rest = piece.AsMemory();
            do
            {
                if (batch.IsFull) HandOver();
                var room = batch.Free();
                if (!isAtOnce) HandOver();
                var count = Math.Min(room.Length, rest.Length);
                rest[..count].CopyTo(room);
                rest = rest[count..];
                batch.Add(count, isLast && rest.IsEmpty);
            }
            while (!rest.IsEmpty);
        }

        internal void HandOver()
        {
            while (batch.TryHandOver(_buffer, out var count, out var isEnd))
            {
                MessageBytes += count;
                _message.AddRange(_buffer.AsSpan(0, count).ToArray());
                if (!isEnd) continue;
                Messages++;
                Heard.AddRange(Frames(batch, _message.ToArray()));
                _message.Clear();
                batch.Forget();
            }
        }
    }
}
