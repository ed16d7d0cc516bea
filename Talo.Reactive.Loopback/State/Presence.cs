using System;

namespace Talo.Reactive.Loopback.State;

internal sealed class Presence(DateTimeOffset now) : IStored
{
    public const int MaxStatus = 255;

    public PlayerAlias? Alias { get; private set; }
    public bool Online { get; private set; }
    public string CustomStatus { get; private set; } = "";
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    /// <summary>
    /// Writes what is supplied and says what Talo reports as changed: a member that was left out counts as changed.
    /// </summary>
    public (bool OnlineChanged, bool CustomStatusChanged) Update(
        PlayerAlias alias, bool? online, string? customStatus, DateTimeOffset now)
    {
        var changed = (Online != online, CustomStatus != customStatus);
        if (online is null && customStatus is null)
            return changed;

        var isSame = Alias == alias && Online == (online ?? Online) && CustomStatus == (customStatus ?? CustomStatus);
        Alias = alias;
        Online = online ?? Online;
        CustomStatus = customStatus ?? CustomStatus;
        if (!isSame)
            UpdatedAt = now;
        return changed;
    }

    public void Commit() => UpdatedAt = Timestamp.Stored(UpdatedAt);
}
