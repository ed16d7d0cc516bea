using System;
using System.Buffers.Binary;
using System.Text;

namespace Talo.Reactive.Tests.Transport;

/// <summary>A WebSocket frame as bytes: the well-formed ones, and any that a hostile peer could write.</summary>
internal sealed record RawFrame(int Opcode, byte[] Payload, bool IsFinal = true, bool IsMasked = false)
{
    internal const int Continuation = 0;
    internal const int Text = 1;
    internal const int Binary = 2;
    internal const int Close = 8;
    internal const int Ping = 9;
    internal const int Pong = 10;

    internal string PayloadText => Encoding.UTF8.GetString(Payload);

    internal int CloseCode => Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    internal string CloseReason => Payload.Length < 2 ? "" : Encoding.UTF8.GetString(Payload.AsSpan(2));

    internal static byte[] OfText(string text) => new RawFrame(Text, Encoding.UTF8.GetBytes(text)).Encode();

    internal static byte[] OfClose(int code, string reason = "")
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return new RawFrame(Close, payload).Encode();
    }

    internal static byte[] Header(int opcode, bool isFinal, ulong length)
    {
        var first = (byte)((isFinal ? 0x80 : 0) | opcode);
        if (length < 126) return [first, (byte)length];

        var header = new byte[length <= ushort.MaxValue ? 4 : 10];
        header[0] = first;
        header[1] = (byte)(header.Length == 4 ? 126 : 127);
        if (header.Length == 4) BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        else BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        return header;
    }

    internal byte[] Encode() => [.. Header(Opcode, IsFinal, (ulong)Payload.Length), .. Payload];
}
