using System;

namespace Talo.Reactive.Loopback;

/// <summary>A mail that Talo would have sent to a player: here it goes nowhere but can be read.</summary>
public sealed class LoopbackMail
{
    internal LoopbackMail(string to, LoopbackMailKind kind, string code, DateTimeOffset sentAt)
    {
        To = to;
        Kind = kind;
        Code = code;
        SentAt = sentAt;
    }

    /// <summary>The e-mail address of the player, in lower case.</summary>
    public string To { get; }

    /// <summary>What the code is for.</summary>
    public LoopbackMailKind Kind { get; }

    /// <summary>The six digits to be typed in.</summary>
    public string Code { get; }

    /// <summary>By the server's clock.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The kind and the address; never the code.</summary>
    public override string ToString() => $"{Kind} to {To}";
}
