using System;
using System.Buffers.Binary;

namespace Talo.Reactive.Benchmarks.Sending;

/// <summary>A frame as a client writes it: masked (RFC 6455, 5.2). Whole messages of at most 64 KiB.</summary>
internal static class ClientFrame
{
    private const int Opcode = 0x0F;
    private const int CloseOpcode = 8;
    private const int MaskBytes = 4;

    /// <summary>Reads the frame at the start, and unmasks it in place.</summary>
    internal static bool TryRead(Span<byte> bytes, out (int Start, int Length) payload, out int consumed, out bool isClose)
    {
        payload = default;
        consumed = 0;
        isClose = false;
        if (bytes.Length < 2) return false;

        int length = bytes[1] & 0x7F;
        var head = 2;
        if (length == 126)
        {
            if (bytes.Length < 4) return false;
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            head = 4;
        }
        else if (length == 127)
        {
            throw new InvalidOperationException("A frame of more than 64 KiB.");
        }

        consumed = head + MaskBytes + length;
        if (bytes.Length < consumed) return false;

        isClose = (bytes[0] & Opcode) == CloseOpcode;
        payload = (head + MaskBytes, length);
        var mask = bytes.Slice(head, MaskBytes);
        var content = bytes.Slice(payload.Start, length);
        for (var i = 0; i < content.Length; i++) content[i] ^= mask[i % MaskBytes];
        return true;
    }
}
