using System;

namespace Talo.Reactive.Wire;

/// <summary>The bare text that both sides send as a sign of life. It is not JSON and is never signed.</summary>
internal static class Heartbeat
{
    internal static ReadOnlySpan<byte> Text => "v1.heartbeat"u8;

    internal static bool Is(ReadOnlySpan<byte> frame) => frame.SequenceEqual(Text);
}
