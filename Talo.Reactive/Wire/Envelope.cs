using System;

namespace Talo.Reactive.Wire;

/// <summary>Where the parts of an inbound <c>{"res":…,"data":…}</c> are, without decoding them.</summary>
/// <remarks>
/// <c>data</c> is not looked into. When members follow it in the exact layout of the server, they are counted into
/// <see cref="DataLength"/>; readers of a payload stop at the end of its object (<see cref="Payload"/>).
/// </remarks>
internal readonly ref struct Envelope
{
    internal Envelope(ReadOnlySpan<byte> res, int dataStart, int dataLength)
    {
        Res = res;
        DataStart = dataStart;
        DataLength = dataLength;
    }

    /// <summary>The name of the response, unescaped.</summary>
    internal ReadOnlySpan<byte> Res { get; }

    /// <summary>The index of the value of <c>data</c> in the frame.</summary>
    internal int DataStart { get; }

    /// <summary>The number of bytes of that value; 0 when it is missing or null, which reads as an empty object.</summary>
    internal int DataLength { get; }

    /// <summary>Finds the parts of a frame.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="envelope">The parts. <see cref="Res"/> points into the frame unless the name was escaped.</param>
    /// <param name="problem">Why it is not an envelope, or empty. Never holds anything of the frame.</param>
    internal static bool TryScan(ReadOnlySpan<byte> frame, out Envelope envelope, out string problem)
    {
        problem = "";
        return TryServerLayout(frame, out envelope) || EnvelopeScan.TryScan(frame, out envelope, out problem);
    }

    /// <summary>The one layout that the server emits: told by its first and last bytes alone, whatever the length.</summary>
    private static bool TryServerLayout(ReadOnlySpan<byte> frame, out Envelope envelope)
    {
        envelope = default;
        var head = "{\"res\":\""u8;
        var middle = "\",\"data\":{"u8;
        if (!frame.StartsWith(head) || !frame.EndsWith("}}"u8)) return false;

        var afterHead = frame[head.Length..];
        var nameLength = afterHead.IndexOf((byte)'"');
        if (nameLength < 0 || !afterHead[nameLength..].StartsWith(middle)) return false;

        var name = afterHead[..nameLength];
        if (!IsPlain(name)) return false;

        var dataStart = head.Length + nameLength + middle.Length - 1;
        envelope = new Envelope(name, dataStart, frame.Length - 1 - dataStart);
        return true;
    }

    /// <summary>Printable ASCII without escapes: what stands for itself.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> name) => PlainText.IsPrintable(name) && name.IndexOf((byte)'\\') < 0;
}
