namespace Talo.Reactive;

/// <summary>How a send that was not written ended.</summary>
public enum SendOutcome
{
    /// <summary>It never left: no player, a full outbox, expired, another player, a closed or failed connection.</summary>
    Refused,

    /// <summary>The link ended while the frame was being written: the server may or may not have it. It is never sent again.</summary>
    Unknown,
}
