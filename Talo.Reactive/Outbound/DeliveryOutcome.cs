namespace Talo.Reactive;

/// <summary>What became of a channel message.</summary>
public enum DeliveryOutcome
{
    /// <summary>The server's echo came back: the members of the channel have it.</summary>
    Delivered,

    /// <summary>The server answered with an error.</summary>
    Rejected,

    /// <summary>No answer in time, or the link ended. The access key may lack <c>read:gameChannels</c>, without which there is no echo.</summary>
    Unknown,
}
