namespace Talo.Reactive;

/// <summary>What happens when a frame is sent while the outbox is full.</summary>
public enum OutboxOverflow
{
    /// <summary>The new frame is refused with an error.</summary>
    Refuse,

    /// <summary>The frame that waits longest is refused with an error, and the new one takes a place at the end.</summary>
    DropOldest,
}
