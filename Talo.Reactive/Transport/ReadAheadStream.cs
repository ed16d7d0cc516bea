#if NET8_0_OR_GREATER
using System;
using System.Buffers;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Transport;

/// <summary>
/// Reads as much as has come, in one go: a WebSocket asks for a few bytes at a time, and each of its questions would else go to
/// the system. While nothing comes it holds no memory. One read and one write at a time, as of any socket.
/// </summary>
internal sealed class ReadAheadStream : Stream
{
    /// <summary>Frames of a busy socket come many at a time: this is some sixty chat messages.</summary>
    internal const int Ahead = 64 * 1024;

    private readonly Stream inner;
    private readonly ArrayPool<byte> pool;
    private readonly object gate = new();
    private byte[]? ahead;
    private int next;
    private int end;
    private bool reading;
    private bool isDisposed;

    internal ReadAheadStream(Stream inner, ArrayPool<byte> pool)
    {
        this.inner = inner;
        this.pool = pool;
    }

    /// <summary>How many bytes it holds that nobody has asked for yet; right for whoever reads it, a hint for anybody else.</summary>
    internal int Held => ahead is null || reading ? 0 : end - next;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TryTake(buffer.Span, out var count) ? new(count) : FillAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => TryTake(buffer, out var count) ? count : inner.Read(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            lock (gate)
            {
                isDisposed = true;
                // A read that is under way ends with the socket and gives the memory back then.
                if (!reading) GiveBack();
            }
        }

        base.Dispose(disposing);
    }

    // Without the pool each wait for the next frame would leave a state machine to collect.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // Nothing is rented before there is something to read. Not left out for whoever has waited with an empty buffer before: the
        // end of such a wait on a socket means an event, which may be that of bytes that were read already.
        await inner.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        if (buffer.IsEmpty) return 0;

        var rented = Begin();
        var count = 0;
        try
        {
            count = await inner.ReadAsync(rented, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End(count);
        }

        return count > 0 && TryTake(buffer.Span, out var taken) ? taken : 0;
    }

    private byte[] Begin()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            reading = true;
            return ahead = pool.Rent(Ahead);
        }
    }

    private void End(int count)
    {
        lock (gate)
        {
            reading = false;
            (next, end) = (0, count);
            if (isDisposed || count == 0) GiveBack();
        }
    }

    /// <summary>Takes of what was read ahead; false where there is nothing.</summary>
    private bool TryTake(Span<byte> buffer, out int count)
    {
        count = 0;
        lock (gate)
        {
            if (ahead is null || reading) return false;
            count = Math.Min(buffer.Length, end - next);
            ahead.AsSpan(next, count).CopyTo(buffer);
            next += count;
            if (next == end) GiveBack();
            return true;
        }
    }

    private void GiveBack()
    {
        if (ahead is null) return;
        pool.Return(ahead);
        ahead = null;
    }
}
#endif
