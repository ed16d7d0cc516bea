using System;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Talo.Reactive.Loopback.Json;

namespace Talo.Reactive.Loopback.Sockets;

/// <summary>
/// One unmasked server frame, ready for the wire. Every recipient of a broadcast gets the same bytes, so they are made once.
/// </summary>
internal sealed class OutboundFrame
{
    public static readonly OutboundFrame Ping = new(0x9, []);

    private OutboundFrame(byte opcode, ReadOnlySpan<byte> payload)
    {
        Opcode = opcode;
        Span<byte> header = stackalloc byte[10];
        header[0] = (byte)(0x80 | opcode);
        int headerLength;
        if (payload.Length < 126)
        {
            header[1] = (byte)payload.Length;
            headerLength = 2;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
            headerLength = 4;
        }
        else
        {
            header[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload.Length);
            headerLength = 10;
        }
        var bytes = new byte[headerLength + payload.Length];
        header[..headerLength].CopyTo(bytes);
        payload.CopyTo(bytes.AsSpan(headerLength));
        Bytes = bytes;
        HeaderLength = headerLength;
    }

    public byte Opcode { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlyMemory<byte> Payload => Bytes[HeaderLength..];

    public bool IsClose => Opcode == 0x8;

    private int HeaderLength { get; }

    public static OutboundFrame Text(ReadOnlySpan<byte> utf8) => new(0x1, utf8);

    public static OutboundFrame Pong(ReadOnlySpan<byte> payload) => new(0xA, payload);

    /// <summary>A null code closes without a status, as a client sees 1005.</summary>
    public static OutboundFrame Close(int? code, string reason)
    {
        if (code is not { } status)
            return new(0x8, []);
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return new(0x8, payload);
    }

    /// <summary><c>{"res": …, "data": {…}}</c></summary>
    public static OutboundFrame Message(string res, Action<Utf8JsonWriter> data) =>
        Wrapped(res, writer =>
        {
            writer.WriteStartObject();
            data(writer);
            writer.WriteEndObject();
        });

    /// <summary>For the message whose data is an entity itself.</summary>
    public static OutboundFrame Wrapped(string res, Action<Utf8JsonWriter> data) =>
        Text(JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("res", res);
            writer.WritePropertyName("data");
            data(writer);
            writer.WriteEndObject();
        }));

    /// <summary>The same frame with its text cut in the middle: no longer JSON.</summary>
    public OutboundFrame Garbled() => Text(Payload.Span[..(Payload.Length / 2)]);
}
