using System;
using System.Buffers.Text;

namespace Talo.Reactive.Wire;

/// <summary>The channel of an event, told by its first bytes.</summary>
internal static class ChannelId
{
    private static ReadOnlySpan<byte> Head => "{\"channel\":{\"id\":"u8;

    /// <summary>False where the data is not in the one layout that the server writes.</summary>
    internal static bool TryPeek(ReadOnlySpan<byte> data, out int id)
    {
        id = 0;
        if (!data.StartsWith(Head)) return false;
        var value = data[Head.Length..];
        return Utf8Parser.TryParse(value, out id, out var length) && length < value.Length && value[length] is (byte)',' or (byte)'}';
    }
}
