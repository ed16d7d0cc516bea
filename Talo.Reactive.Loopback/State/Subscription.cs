using System;

namespace Talo.Reactive.Loopback.State;

/// <summary>A directed relationship: once confirmed, the subscriber hears what the other one broadcasts.</summary>
internal sealed class Subscription(int id, PlayerAlias subscriber, PlayerAlias subscribedTo, string type, DateTimeOffset now)
    : IStored
{
    public int Id { get; } = id;
    public PlayerAlias Subscriber { get; } = subscriber;
    public PlayerAlias SubscribedTo { get; } = subscribedTo;
    public string Type { get; } = type;
    public bool IsConfirmed { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; } = now;
    public DateTimeOffset UpdatedAt { get; private set; } = now;

    public bool IsBidirectional => Type == RelationshipType.Bidirectional;

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
