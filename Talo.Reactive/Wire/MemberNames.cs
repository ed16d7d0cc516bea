using System;
using System.Buffers.Binary;
using System.Text;

namespace Talo.Reactive.Wire;

/// <summary>The names of members as strings. Messages of a kind have the same ones again and again: they are made once.</summary>
/// <remarks>
/// One slot for each value of a short hash, so its size is bounded whatever is sent. Threads may share it: what is in a slot is
/// compared before it is used, and two that make the same string both have a right one.
/// </remarks>
internal static class MemberNames
{
    private const int Count = 512;
    private const int Longest = 64;

    private static readonly string?[] Names = new string?[Count];

    /// <summary>The string of a name.</summary>
    /// <param name="name">Printable ASCII.</param>
    internal static string Of(ReadOnlySpan<byte> name)
    {
        if (name.Length > Longest) return Encoding.ASCII.GetString(name);

        ref var slot = ref Names[Slot(name)];
        return slot is { } known && IsSame(known, name) ? known : slot = Encoding.ASCII.GetString(name);
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        const int BitsOfCount = 9;

        ulong first = 0, last = 0;
        if (name.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            last = BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]);
        }
        else
        {
            foreach (var b in name) first = (first << 8) | b;
        }

        return (int)((((first * Odd) ^ last ^ (ulong)name.Length) * Odd) >> (64 - BitsOfCount));
    }

    private static bool IsSame(string known, ReadOnlySpan<byte> name)
    {
        if (known.Length != name.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (known[i] != name[i]) return false;
        }

        return true;
    }
}
