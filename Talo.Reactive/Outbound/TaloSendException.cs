using System;

namespace Talo.Reactive;

/// <summary>A frame was not sent, or nobody knows whether it was.</summary>
public sealed class TaloSendException : TaloException
{
    /// <summary>Describes a failed send.</summary>
    public TaloSendException(SendOutcome outcome, string message, Exception? inner = null)
        : base(message, inner) => Outcome = outcome;

    /// <summary>What is known about the frame.</summary>
    public SendOutcome Outcome { get; }
}
