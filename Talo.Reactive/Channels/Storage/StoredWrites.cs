using System;
using System.Collections.Generic;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>
/// What one or more writes of a key come to, whatever was stored before. Each tells all its rows in the order of its request, but
/// the server keeps values that stay first, in their old order. Pure; as large as the last write.
/// </summary>
internal sealed class StoredWrites
{
    // In every write so far: what was stored before decides their order.
    private readonly ValueList<ChannelStorageProp> lasting;

    // Came with a later write, and so stand behind.
    private readonly ValueList<ChannelStorageProp> later;

    /// <param name="rows">The rows of the first write.</param>
    internal StoredWrites(ValueList<ChannelStorageProp> rows)
        : this(rows, ValueList<ChannelStorageProp>.Empty)
    {
    }

    private StoredWrites(ValueList<ChannelStorageProp> lasting, ValueList<ChannelStorageProp> later)
    {
        this.lasting = lasting;
        this.later = later;
    }

    /// <summary>These writes and one more.</summary>
    internal StoredWrites Then(ValueList<ChannelStorageProp> rows)
    {
        // A plain key has one row, and the end of a list none: nothing of before is left.
        if (rows.Count == 0 || !StorageKeys.IsList(rows[0].Key)) return new StoredWrites(rows);
        var written = ByValue(rows);
        return new StoredWrites(Taken(lasting, written), ValueList<ChannelStorageProp>.Owning([.. Taken(later, written), .. Taken(rows, written)]));
    }

    /// <summary>The rows after the writes.</summary>
    /// <param name="before">The rows before them.</param>
    internal ValueList<ChannelStorageProp> On(ValueList<ChannelStorageProp> before)
    {
        if (lasting.Count < 2 || before.Count == 0)
            return later.Count == 0 ? lasting : ValueList<ChannelStorageProp>.Owning([.. lasting, .. later]);
        var written = ByValue(lasting);
        return ValueList<ChannelStorageProp>.Owning([.. Taken(before, written), .. Taken(lasting, written), .. later]);
    }

    private static Dictionary<string, ChannelStorageProp> ByValue(ValueList<ChannelStorageProp> rows)
    {
        var byValue = new Dictionary<string, ChannelStorageProp>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows) byValue[row.Value] = row;
        return byValue;
    }

    /// <summary>The written rows of these values, in their order; each is taken out.</summary>
    private static ValueList<ChannelStorageProp> Taken(ValueList<ChannelStorageProp> order, Dictionary<string, ChannelStorageProp> written)
    {
        var taken = new List<ChannelStorageProp>();
        foreach (var row in order)
        {
            if (written.Remove(row.Value, out var found)) taken.Add(found);
        }

        return ValueList<ChannelStorageProp>.Owning([.. taken]);
    }
}
