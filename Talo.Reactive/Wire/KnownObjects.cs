using System;
using System.Buffers.Text;

namespace Talo.Reactive.Wire;

/// <summary>
/// Objects that were read before, with the bytes that they were read from: the same senders and channels come again and
/// again, and entities never change. What has the same bytes, byte for byte, is the same object; it is not read again.
/// </summary>
/// <remarks>
/// One slot for each of the last digits of the ids, so its size is bounded. An id is kept from its second time on: where every
/// sender is new, nothing is copied. Not thread-safe.
/// </remarks>
internal sealed class KnownObjects<T>
    where T : class
{
    /// <summary>Objects with more bytes are read each time.</summary>
    internal const int Longest = 2048;

    private readonly int mask;
    private Slot[] slots = [];

    /// <param name="count">How many objects at most; a power of two.</param>
    internal KnownObjects(int count) => mask = count - 1;

    /// <summary>Whether the JSON starts with an object that is known.</summary>
    /// <param name="json">The place of an object in a text; what follows it does not matter.</param>
    /// <param name="known">The object.</param>
    /// <param name="length">How many bytes of the JSON it takes.</param>
    internal bool TryGet(ReadOnlySpan<byte> json, out T? known, out int length)
    {
        known = null;
        length = 0;
        if (slots.Length == 0 || !TryReadId(json, out var id)) return false;

        ref var slot = ref slots[id & mask];
        // An object whose every byte is there ends there too: no prefix of an object is one.
        if (slot.Value is null || slot.Id != id || !json.StartsWith(slot.Bytes.AsSpan(0, slot.Length))) return false;
        known = slot.Value;
        length = slot.Length;
        return true;
    }

    /// <summary>Remembers an object that was read from exactly these bytes.</summary>
    internal void Add(ReadOnlySpan<byte> json, T value)
    {
        if (json.Length > Longest || !TryReadId(json, out var id)) return;
        if (slots.Length == 0) slots = new Slot[mask + 1];

        ref var slot = ref slots[id & mask];
        if (slot.Id != id)
        {
            slot.Id = id;
            slot.Value = null;
            return;
        }

        if (slot.Bytes is null || slot.Bytes.Length < json.Length) slot.Bytes = new byte[json.Length];
        json.CopyTo(slot.Bytes);
        slot.Length = json.Length;
        slot.Value = value;
    }

    /// <summary>The server writes the id first.</summary>
    private static bool TryReadId(ReadOnlySpan<byte> json, out int id)
    {
        id = 0;
        var head = "{\"id\":"u8;
        return json.StartsWith(head) && Utf8Parser.TryParse(json[head.Length..], out id, out _);
    }

    private struct Slot
    {
        internal int Id;
        internal int Length;
        internal byte[]? Bytes;
        internal T? Value;
    }
}
