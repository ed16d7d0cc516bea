using System;

namespace Talo.Reactive.Loopback.State;

internal sealed class Presence(DateTimeOffset now) : IStored
{
    public const int MaxStatus = 255;

    private bool isStale;

    public PlayerAlias? Alias { get; private set; }
    public bool Online { get; private set; }
    public string CustomStatus { get; private set; } = "";
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    /// <summary>
    /// Writes what is supplied and says what Talo reports as changed: a member that was left out counts as changed. The time is
    /// the old one until <see cref="Stamp"/>.
    /// </summary>
    public (bool OnlineChanged, bool CustomStatusChanged) Update(PlayerAlias alias, bool? online, string? customStatus)
    {
        var changed = (Online != online, CustomStatus != customStatus);
        if (online is null && customStatus is null)
            return changed;

        var isSame = Alias == alias && Online == (online ?? Online) && CustomStatus == (customStatus ?? CustomStatus);
        Alias = alias;
        Online = online ?? Online;
        CustomStatus = customStatus ?? CustomStatus;
        isStale |= !isSame;
        return changed;
    }

    public void Stamp(DateTimeOffset now)
    {
        if (isStale)
            UpdatedAt = now;
        isStale = false;
    }

    public void Commit() => UpdatedAt = Timestamp.Stored(UpdatedAt);
}
