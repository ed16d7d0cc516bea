using System;
using System.Collections.Generic;
using System.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive.Channels.Storage;

/// <summary>
/// What is known of one key. Pure: asking, the answer and each write make a new one. What is written between the asking and the
/// answer is kept and replayed on the answer, because the answer may be older or newer than any of it.
/// </summary>
internal sealed record StoredKey
{
    internal static readonly StoredKey Unknown = new();

    /// <summary>The key's rows, one for a plain key, one a value for a list; empty when it is not there, null while not known.</summary>
    internal ValueList<ChannelStorageProp>? Rows { get; private init; }

    /// <summary>Whether somebody has to ask.</summary>
    internal bool IsMissing => Rows is null && Question is null;

    /// <summary>The question whose answer is awaited; null when none is.</summary>
    private object? Question { get; init; }

    private ValueList<ValueList<ChannelStorageProp>> Writes { get; init; } = ValueList<ValueList<ChannelStorageProp>>.Empty;

    /// <summary>A question was asked. Writes of before are in its answer, if they were not lost with a link.</summary>
    internal StoredKey Asked(object question) =>
        this with { Question = question, Writes = ValueList<ValueList<ChannelStorageProp>>.Empty };

    /// <summary>A question was answered. One that is no longer the last to be asked says nothing.</summary>
    internal StoredKey Answered(object question, ValueList<ChannelStorageProp> rows) => ReferenceEquals(Question, question)
        ? new() { Rows = Writes.Aggregate(rows, After) }
        : this;

    /// <summary>Somebody wrote: these are the rows from now on.</summary>
    internal StoredKey Written(ValueList<ChannelStorageProp> rows) => this with
    {
        Rows = Rows is null ? null : After(Rows, rows),
        Writes = Question is null ? Writes : Replayed(rows),
    };

    /// <summary>The link ended: what it would have said is lost, so that no answer to an open question can be completed.</summary>
    internal StoredKey Lost() => this with { Question = null, Writes = ValueList<ValueList<ChannelStorageProp>>.Empty };

    // A plain key's write and the end of a list leave nothing of what was before.
    private ValueList<ValueList<ChannelStorageProp>> Replayed(ValueList<ChannelStorageProp> rows) =>
        rows.Count == 0 || !StorageKeys.IsList(rows[0].Key)
            ? ValueList<ValueList<ChannelStorageProp>>.Owning([rows])
            : ValueList<ValueList<ChannelStorageProp>>.Owning([.. Writes, rows]);

    // The event tells a list in the order of the request; the server keeps the values that stay first, in their old order.
    private static ValueList<ChannelStorageProp> After(ValueList<ChannelStorageProp> before, ValueList<ChannelStorageProp> rows)
    {
        if (rows.Count < 2 || before.Count == 0) return rows;
        var written = new Dictionary<string, ChannelStorageProp>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows) written[row.Value] = row;
        var ordered = new List<ChannelStorageProp>(rows.Count);
        foreach (var row in before)
        {
            if (written.Remove(row.Value, out var kept)) ordered.Add(kept);
        }

        foreach (var row in rows)
        {
            if (written.Remove(row.Value, out var added)) ordered.Add(added);
        }

        return ValueList<ChannelStorageProp>.Owning([.. ordered]);
    }
}
