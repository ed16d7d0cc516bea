using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// Reads client frames off a stream and puts fragmented messages together. The framework's own WebSocket hides pings, pongs and
/// headers, all of which Talo's rules are about, hence this reader.
/// </summary>
internal sealed class FrameReader(Stream stream, long maxMessageBytes)
{
    private const int FirstAllocation = 64 * 1024;

    private readonly byte[] buffer = new byte[4096];
    private int start;
    private int end;
    private byte[] message = [];
    private int messageLength;
    private bool isAssembling;
    private bool isText;
    private ulong skipping;

    public async ValueTask<InboundFrame> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (!await SkipAsync(cancellation).ConfigureAwait(false) || !await FillAsync(2, cancellation).ConfigureAwait(false))
                return InboundFrame.End;
            var head = new FrameHead(buffer[start], buffer[start + 1]);
            if (!head.IsValid || !head.Continues(isAssembling))
                return InboundFrame.Violation(1002);
            if (!await FillAsync(head.Size, cancellation).ConfigureAwait(false))
                return InboundFrame.End;

            var length = head.ReadLength(buffer.AsSpan(start));
            var mask = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(start + head.Size - 4));
            start += head.Size;
            if (head.IsControl)
            {
                var payload = new byte[length];
                if (!await ReadPayloadAsync(payload, 0, (int)length, cancellation).ConfigureAwait(false))
                    return InboundFrame.End;
                Unmask(payload, mask);
                return Control(head.Opcode, payload);
            }

            if (length > (ulong)(maxMessageBytes - messageLength))
            {
                skipping = length;
                return InboundFrame.Violation(1009);
            }
            if (!isAssembling)
                isText = head.Opcode == 0x1;
            if (!await AppendAsync((int)length, mask, cancellation).ConfigureAwait(false))
                return InboundFrame.End;
            isAssembling = !head.IsFinal;
            if (head.IsFinal)
                return TakeMessage();
        }
    }

    /// <summary>
    /// Reads and forgets until the client closes: a TCP connection closed over unread bytes is reset, and the close frame with it.
    /// </summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) > 0)
        {
        }
    }

    private InboundFrame TakeMessage()
    {
        var payload = message.AsMemory(0, messageLength);
        message = [];
        messageLength = 0;
        return isText && !Utf8.IsValid(payload.Span)
            ? InboundFrame.Violation(1007)
            : new(InboundKind.Message, payload);
    }

    private static InboundFrame Control(int opcode, byte[] payload)
    {
        if (opcode == 0x9)
            return new(InboundKind.Ping, payload);
        if (opcode == 0xA)
            return new(InboundKind.Pong, payload);
        if (payload.Length == 0)
            return new(InboundKind.Close, payload);
        if (payload.Length == 1)
            return InboundFrame.Violation(1002);
        int code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is not (>= 1000 and <= 1014 and not 1004 and not 1005 and not 1006 or >= 3000 and <= 4999))
            return InboundFrame.Violation(1002);
        return Utf8.IsValid(payload.AsSpan(2))
            ? new(InboundKind.Close, payload.AsMemory(2), code)
            : InboundFrame.Violation(1007);
    }

    private async ValueTask<bool> AppendAsync(int length, uint mask, CancellationToken cancellation)
    {
        var from = messageLength;
        var remaining = length;
        while (remaining > 0)
        {
            // Memory follows the bytes that arrived, not the length that a client claims.
            var part = Math.Min(remaining, Math.Max(FirstAllocation, message.Length));
            if (message.Length < messageLength + part)
                Array.Resize(ref message, Math.Max(messageLength + part, Math.Min(message.Length * 2, from + length)));
            if (!await ReadPayloadAsync(message, messageLength, part, cancellation).ConfigureAwait(false))
                return false;
            messageLength += part;
            remaining -= part;
        }
        Unmask(message.AsSpan(from, length), mask);
        return true;
    }

    private async ValueTask<bool> ReadPayloadAsync(byte[] target, int offset, int count, CancellationToken cancellation)
    {
        var buffered = Math.Min(count, end - start);
        buffer.AsSpan(start, buffered).CopyTo(target.AsSpan(offset));
        start += buffered;
        offset += buffered;
        count -= buffered;
        return count == 0
            || await stream.ReadAtLeastAsync(target.AsMemory(offset, count), count, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false) == count;
    }

    private async ValueTask<bool> SkipAsync(CancellationToken cancellation)
    {
        while (skipping > 0)
        {
            if (!await FillAsync(1, cancellation).ConfigureAwait(false))
                return false;
            var skipped = (int)Math.Min(skipping, (ulong)(end - start));
            start += skipped;
            skipping -= (ulong)skipped;
        }
        return true;
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (end - start >= count)
            return true;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        while (end < count)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation).ConfigureAwait(false);
            if (read == 0)
                return false;
            end += read;
        }
        return true;
    }

    private static void Unmask(Span<byte> payload, uint mask)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt32BigEndian(key, mask);
        BinaryPrimitives.WriteUInt32BigEndian(key[4..], mask);
        var wide = MemoryMarshal.Read<ulong>(key);
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= wide;
        for (var i = words.Length * sizeof(ulong); i < payload.Length; i++)
            payload[i] ^= key[i % 4];
    }
}
