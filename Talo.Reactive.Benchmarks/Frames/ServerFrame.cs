using System;
using System.Buffers.Binary;

namespace Talo.Reactive.Benchmarks.Frames;

/// <summary>A text frame as a server writes it: whole, unmasked (RFC 6455, 5.2).</summary>
internal static class ServerFrame
{
    private const byte WholeText = 0x81;
    private const int Shortest16Bit = 126;

    internal static byte[] Text(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > ushort.MaxValue) throw new ArgumentException("At most 64 KiB.", nameof(payload));
        var headLength = payload.Length < Shortest16Bit ? 2 : 4;
        var frame = new byte[headLength + payload.Length];
        frame[0] = WholeText;
        frame[1] = (byte)Math.Min(payload.Length, Shortest16Bit);
        if (headLength == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame.AsSpan(headLength));
        return frame;
    }
}
