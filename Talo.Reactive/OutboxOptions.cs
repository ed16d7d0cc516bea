namespace Talo.Reactive;

/// <summary>Frames that wait for a connection, an identified player or their turn, in order.</summary>
public sealed class OutboxOptions
{
    /// <summary>How many frames may wait.</summary>
    /// <value>Default: 256. At least 1.</value>
    public int Capacity { get; set; } = 256;

    /// <summary>What happens to one too many.</summary>
    /// <value>Default: <see cref="OutboxOverflow.Refuse"/>.</value>
    public OutboxOverflow Overflow { get; set; } = OutboxOverflow.Refuse;
}
