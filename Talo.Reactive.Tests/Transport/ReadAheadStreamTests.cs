using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Transport;

public sealed class ReadAheadStreamTests
{
    [Test]
    public async Task ManySmallReads_AreOneReadOfTheSocket()
    {
        var (stream, socket, _) = Make();
        socket.Arrive(Bytes(0, 1_000));

        var got = new List<byte>();
        var piece = new byte[7];
        while (got.Count < 1_000)
        {
            var count = await stream.ReadAsync(piece);
            got.AddRange(piece.Take(count));
        }

        Assert.That(got, Is.EqualTo(Bytes(0, 1_000)));
        Assert.That(socket.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task WhileNothingComes_NoMemoryIsHeld()
    {
        var (stream, socket, pool) = Make();

        var first = stream.ReadAsync(new byte[10]);
        Assert.That((first.IsCompleted, pool.Outside), Is.EqualTo((false, 0)));
        socket.Arrive(Bytes(0, 4));
        Assert.That(await first, Is.EqualTo(4));
        Assert.That(pool.Outside, Is.Zero, "all of it was taken");

        socket.Arrive(Bytes(4, 20));
        Assert.That(await stream.ReadAsync(new byte[10]), Is.EqualTo(10));
        Assert.That(pool.Outside, Is.EqualTo(1), "ten bytes are left");
        Assert.That(await stream.ReadAsync(new byte[10]), Is.EqualTo(10));
        Assert.That(pool.Outside, Is.Zero);
    }

    [Test]
    public async Task TheEnd_IsZeroBytes()
    {
        var (stream, socket, pool) = Make();
        socket.Arrive(Bytes(0, 3));
        socket.End();

        Assert.That(await stream.ReadAsync(new byte[10]), Is.EqualTo(3));
        Assert.That(await stream.ReadAsync(new byte[10]), Is.Zero);
        Assert.That(await stream.ReadAsync(new byte[10]), Is.Zero);
        Assert.That(pool.Outside, Is.Zero);
    }

    [Test]
    public async Task AReadThatFails_FailsAndGivesTheMemoryBack()
    {
        var (stream, socket, pool) = Make();
        var read = stream.ReadAsync(new byte[10]).AsTask();
        socket.FailReads = true;
        socket.Arrive(Bytes(0, 1));

        Assert.That(async () => await read, Throws.InstanceOf<IOException>());
        Assert.That(pool.Outside, Is.Zero);
        socket.FailReads = false;
        socket.Arrive(Bytes(1, 1));
        Assert.That(await stream.ReadAsync(new byte[10]), Is.EqualTo(2));
    }

    [Test]
    public async Task Disposal_GivesBackWhatWasReadAhead()
    {
        var (stream, socket, pool) = Make();
        socket.Arrive(Bytes(0, 20));
        Assert.That(await stream.ReadAsync(new byte[10]), Is.EqualTo(10));

        stream.Dispose();

        Assert.That(pool.Outside, Is.Zero);
        Assert.That(socket.IsDisposed);
        Assert.That(async () => await stream.ReadAsync(new byte[10]), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void DisposalUnderARead_EndsItAndHoldsNothing()
    {
        var (stream, _, pool) = Make();
        var read = stream.ReadAsync(new byte[10]).AsTask();

        stream.Dispose();

        Assert.That(async () => await read, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(pool.Outside, Is.Zero);
    }

    [Test]
    public async Task Writes_GoStraightThrough()
    {
        var (stream, socket, _) = Make();

        await stream.WriteAsync(Bytes(0, 5));
        stream.Write(Bytes(5, 5), 0, 5);
        stream.Write(Bytes(10, 5).AsSpan());

        Assert.That(socket.Written, Is.EqualTo(Bytes(0, 15)));
    }

    private static (ReadAheadStream Stream, SocketStream Socket, Pool Pool) Make()
    {
        var (socket, pool) = (new SocketStream(), new Pool());
        return (new ReadAheadStream(socket, pool), socket, pool);
    }

    private static byte[] Bytes(int from, int count) => [.. Enumerable.Range(from, count).Select(x => (byte)x)];

    private sealed class Pool : ArrayPool<byte>
    {
        internal int Outside { get; private set; }

        public override byte[] Rent(int minimumLength)
        {
            Outside++;
            return new byte[minimumLength];
        }

        public override void Return(byte[] array, bool clearArray = false) => Outside--;
    }

    /// <summary>A socket's stream: a read of no bytes waits until there are some.</summary>
    private sealed class SocketStream : MemoryStream
    {
        private readonly List<byte> arrived = [];
        private TaskCompletionSource waiting = new();
        private bool hasEnded;

        internal int Reads { get; private set; }

        internal bool FailReads { get; set; }

        internal bool IsDisposed { get; private set; }

        internal byte[] Written => ToArray();

        internal void Arrive(byte[] bytes)
        {
            arrived.AddRange(bytes);
            waiting.TrySetResult();
        }

        internal void End()
        {
            hasEnded = true;
            waiting.TrySetResult();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            if (arrived.Count == 0 && !hasEnded) await waiting.Task;
            if (buffer.IsEmpty) return 0;
            if (FailReads) throw new IOException("reset");

            Reads++;
            var count = Math.Min(buffer.Length, arrived.Count);
            arrived.GetRange(0, count).ToArray().CopyTo(buffer);
            arrived.RemoveRange(0, count);
            if (arrived.Count == 0) waiting = new();
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            waiting.TrySetException(new ObjectDisposedException(nameof(SocketStream)));
            base.Dispose(disposing);
        }
    }
}
