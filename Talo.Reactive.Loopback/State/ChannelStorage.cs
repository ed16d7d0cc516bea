using System;
using System.Collections.Generic;
using System.Linq;

namespace Talo.Reactive.Loopback.State;

/// <summary>
/// The props that the members of a channel share. A write takes what it can of what is asked for; keys that differ in case are
/// different keys to it.
/// </summary>
internal sealed class ChannelStorage
{
    // Oldest first: a row keeps its place when it is updated.
    private readonly Dictionary<string, List<StorageProp>> rowsByKey = new(StringComparer.Ordinal);

    /// <summary>The rows of a key, oldest first. Where there are none, those of a key that differs in case, as SQL finds them.</summary>
    public IReadOnlyList<StorageProp> Find(string key)
    {
        if (rowsByKey.TryGetValue(key, out var rows))
            return rows;
        return rowsByKey.FirstOrDefault(entry => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value ?? [];
    }

    public StorageUpdate Write(IEnumerable<PropChange> changes, PlayerAlias writer, DateTimeOffset now)
    {
        var update = new StorageUpdate();
        var keys = changes.Where(change => change.Key.Length > 0).GroupBy(change => change.Key).ToList();
        foreach (var scalar in keys.Where(key => !PropRules.IsArrayKey(key.Key)))
            WriteScalar(scalar.Key, scalar.Last().Value, writer, now, update);
        foreach (var array in keys.Where(key => PropRules.IsArrayKey(key.Key)))
            WriteArray(array.Key, [.. array.Select(change => change.Value).OfType<string>().Distinct()], writer, now, update);
        return update;
    }

    /// <summary>Removes what an alias created or was the last to write.</summary>
    public void Forget(PlayerAlias alias)
    {
        foreach (var (key, rows) in rowsByKey)
        {
            rows.RemoveAll(row => row.CreatedBy == alias || row.LastUpdatedBy == alias);
            if (rows.Count == 0)
                rowsByKey.Remove(key);
        }
    }

    private void WriteScalar(string key, string? value, PlayerAlias writer, DateTimeOffset now, StorageUpdate update)
    {
        var row = rowsByKey.GetValueOrDefault(key)?[0];
        if (string.IsNullOrEmpty(value))
        {
            if (row is not null)
                Delete(row, writer, now, update);
        }
        else if (PropRules.Fault(key, value) is { } fault)
        {
            update.Failed.Add(fault);
        }
        else if (row is null)
        {
            Add(new(key, value, writer, writer, now), update);
        }
        else
        {
            row.Update(value, writer, now);
            update.Upserted.Add(row);
        }
    }

    private void WriteArray(string key, List<string> values, PlayerAlias writer, DateTimeOffset now, StorageUpdate update)
    {
        if (ArrayFault(key, values) is { } fault)
        {
            update.Failed.Add(fault);
            return;
        }
        List<StorageProp> before = [.. rowsByKey.GetValueOrDefault(key) ?? []];
        var createdBy = before.Count > 0 ? before[0].CreatedBy : writer;
        var wanted = values.ToHashSet();
        foreach (var row in before.Where(row => !wanted.Contains(row.Value)))
            Delete(row, writer, now, update);
        var kept = before.Where(row => wanted.Contains(row.Value)).ToDictionary(row => row.Value);
        foreach (var value in values)
        {
            if (kept.TryGetValue(value, out var row))
            {
                row.Update(value, writer, now);
                update.Upserted.Add(row);
            }
            else
            {
                Add(new(key, value, createdBy, writer, now), update);
            }
        }
    }

    private static RejectedProp? ArrayFault(string key, List<string> values) =>
        PropRules.Fault(key, null)
        ?? values.Select(value => PropRules.Fault(key, value)).FirstOrDefault(fault => fault is not null)
        ?? PropRules.ArrayFault(key, values.Count);

    private void Add(StorageProp row, StorageUpdate update)
    {
        if (!rowsByKey.TryGetValue(row.Key, out var rows))
            rowsByKey.Add(row.Key, rows = []);
        rows.Add(row);
        update.Upserted.Add(row);
    }

    private void Delete(StorageProp row, PlayerAlias writer, DateTimeOffset now, StorageUpdate update)
    {
        var rows = rowsByKey[row.Key];
        rows.Remove(row);
        if (rows.Count == 0)
            rowsByKey.Remove(row.Key);
        row.Delete(writer, now);
        update.Deleted.Add(row);
    }
}
