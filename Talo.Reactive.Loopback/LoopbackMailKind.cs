namespace Talo.Reactive.Loopback;

/// <summary>What a mailed code is for.</summary>
public enum LoopbackMailKind
{
    /// <summary>Signing in with verification enabled; good for 5 minutes.</summary>
    Verification,

    /// <summary>Choosing a new password; good for 15 minutes.</summary>
    PasswordReset,
}
