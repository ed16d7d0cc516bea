using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Http;

/// <summary>Memory that takes bytes up to a limit and throws at the first one above it.</summary>
internal sealed class BoundedBody : MemoryStream
{
    private readonly long _limit;

    internal BoundedBody(long limit) => _limit = limit;

    public override void Write(byte[] buffer, int offset, int count)
    {
        MakeSureOf(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        MakeSureOf(buffer.Length);
        base.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        MakeSureOf(count);
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MakeSureOf(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    private void MakeSureOf(int count)
    {
        if (Length + count > _limit) throw new HttpReplyTooLargeException(_limit);
    }
}
