using System;

namespace Talo.Reactive.Transport;

/// <summary>A frame was not written: the link had ended before the write began, so the peer certainly does not have it.</summary>
public sealed class LinkEndedException : Exception
{
    /// <summary>Says so.</summary>
    public LinkEndedException()
        : base("The link had ended; nothing of the frame was written.")
    {
    }
}
