using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>One row of a channel's storage; the values of an array are a row each.</summary>
internal sealed class StorageProp(string key, string value, PlayerAlias createdBy, PlayerAlias writer, DateTimeOffset now)
    : IStored
{
    public string Key { get; } = key;
    public string Value { get; private set; } = value;
    public PlayerAlias CreatedBy { get; } = createdBy;
    public PlayerAlias LastUpdatedBy { get; private set; } = writer;
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    /// <summary>A write that changes neither the value nor the writer leaves the time alone.</summary>
    public void Update(string value, PlayerAlias writer, DateTimeOffset now)
    {
        if (Value == value && LastUpdatedBy == writer)
            return;
        Value = value;
        LastUpdatedBy = writer;
        UpdatedAt = now;
    }

    /// <summary>A deleted prop is shown with its last value and the one who deleted it.</summary>
    public void Delete(PlayerAlias writer, DateTimeOffset now)
    {
        LastUpdatedBy = writer;
        UpdatedAt = now;
    }

    public void Commit()
    {
        CreatedAt = Timestamp.Stored(CreatedAt);
        UpdatedAt = Timestamp.Stored(UpdatedAt);
    }
}
