using System;
using System.Buffers.Binary;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>The first two bytes of a client frame, which decide how long its header is and whether it is legal at all.</summary>
internal readonly struct FrameHead(byte first, byte second)
{
    public int Opcode => first & 0x0F;

    public bool IsFinal => (first & 0x80) != 0;

    public bool IsControl => Opcode >= 0x8;

    /// <summary>Masked, no extension bits, a known opcode; control frames whole and short.</summary>
    public bool IsValid =>
        (first & 0x70) == 0
        && (second & 0x80) != 0
        && Opcode is <= 0x2 or >= 0x8 and <= 0xA
        && (!IsControl || IsFinal && ShortLength <= 125);

    /// <summary>The header's size, mask included.</summary>
    public int Size => ShortLength switch { 126 => 8, 127 => 14, _ => 6 };

    private int ShortLength => second & 0x7F;

    /// <summary>Whether the frame may stand where it does: a continuation in a fragmented message, a start outside one.</summary>
    public bool Continues(bool isAssembling) => IsControl || isAssembling == (Opcode == 0x0);

    public ulong ReadLength(ReadOnlySpan<byte> header) => ShortLength switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
        127 => BinaryPrimitives.ReadUInt64BigEndian(header[2..]),
        var length => (ulong)length,
    };
}
