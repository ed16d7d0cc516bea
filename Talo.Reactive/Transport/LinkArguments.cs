using System;
using System.Text;

namespace Talo.Reactive.Transport;

/// <summary>What every engine refuses before it does anything.</summary>
internal static class LinkArguments
{
    private const int LongestReasonBytes = 123;

    internal static void CheckDial(Uri address, int maxFrameBytes)
    {
        if (!IsWebSocketAddress(address ?? throw new ArgumentNullException(nameof(address))))
            throw new ArgumentException("The address must be absolute, with ws or wss.", nameof(address));
        if (maxFrameBytes < 1) throw new ArgumentOutOfRangeException(nameof(maxFrameBytes), maxFrameBytes, "At least one byte.");
    }

    internal static void CheckClose(int code, string reason)
    {
        if (code is not (1000 or (>= 3000 and <= 4999)))
            throw new ArgumentOutOfRangeException(nameof(code), code, "A close code is 1000, or 3000 to 4999.");
        if (Encoding.UTF8.GetByteCount(reason ?? throw new ArgumentNullException(nameof(reason))) > LongestReasonBytes)
            throw new ArgumentException("A close reason has at most 123 bytes of UTF-8.", nameof(reason));
    }

    private static bool IsWebSocketAddress(Uri address) => address is { IsAbsoluteUri: true, Scheme: "ws" or "wss" };
}
