using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Benchmarks.Receivers;

/// <summary>Reads much at once and hands it out in pieces; writes go straight through.</summary>
internal sealed class ReadBufferedStream(Stream inner, int bytes) : Stream
{
    private readonly byte[] buffer = new byte[bytes];
    private int start;
    private int end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken = default)
    {
        if (start < end) return new ValueTask<int>(Take(target.Span));
        // An empty read waits for data; one that is larger than the buffer has no use for it.
        return target.IsEmpty || target.Length >= buffer.Length
            ? inner.ReadAsync(target, cancellationToken)
            : FillAndTakeAsync(target, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(source, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] target, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) => inner.Write(source, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> FillAndTakeAsync(Memory<byte> target, CancellationToken cancellation)
    {
        start = 0;
        end = 0;
        end = await inner.ReadAsync(buffer.AsMemory(), cancellation);
        return Take(target.Span);
    }

    private int Take(Span<byte> target)
    {
        var count = Math.Min(end - start, target.Length);
        buffer.AsSpan(start, count).CopyTo(target);
        start += count;
        return count;
    }
}
