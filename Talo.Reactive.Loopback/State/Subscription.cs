using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>One player's alias follows another's; broadcasts go the other way, once it is confirmed.</summary>
internal sealed class Subscription(
    int id, PlayerAlias subscriber, PlayerAlias subscribedTo, RelationshipType type, DateTimeOffset now) : IStored
{
    public int Id { get; } = id;
    public PlayerAlias Subscriber { get; } = subscriber;
    public PlayerAlias SubscribedTo { get; } = subscribedTo;
    public RelationshipType Type { get; } = type;
    public bool IsConfirmed { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    public void Confirm(DateTimeOffset now)
    {
        IsConfirmed = true;
        UpdatedAt = now;
    }

    public void Commit()
    {
        CreatedAt = Timestamp.Stored(CreatedAt);
        UpdatedAt = Timestamp.Stored(UpdatedAt);
    }
}
