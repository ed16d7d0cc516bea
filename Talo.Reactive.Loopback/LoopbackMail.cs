using System;

namespace Talo.Reactive.Loopback;

/// <summary>A mail that Talo would have sent to a player.</summary>
/// <param name="To">The address.</param>
/// <param name="Kind">What the code is for.</param>
/// <param name="Code">Six digits.</param>
/// <param name="SentAt">By the server's clock. A login code is good for 5 minutes, one to reset a password for 15.</param>
public sealed record LoopbackMail(string To, LoopbackMailKind Kind, string Code, DateTimeOffset SentAt);

/// <summary>What a mailed code is for.</summary>
public enum LoopbackMailKind
{
    /// <summary>For <c>/v1/players/auth/verify</c>, after a login.</summary>
    LoginCode,

    /// <summary>For <c>/v1/players/auth/reset_password</c>.</summary>
    PasswordReset,
}
