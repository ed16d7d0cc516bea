using System;
using System.Security.Cryptography;

namespace Talo.Reactive.Loopback.State;

/// <summary>How a player signs in, and the one session that it has.</summary>
internal sealed class PlayerAuth(string password) : IStored
{
    public PasswordHash Password { get; set; } = new(password);
    public string? Email { get; set; }
    public bool VerificationEnabled { get; set; }

    /// <summary>What the tokens of the session are signed with; null while there is no session.</summary>
    public byte[]? SessionKey { get; private set; }

    public DateTimeOffset? SessionCreatedAt { get; private set; }

    /// <summary>A new key, which voids all tokens of the sessions before.</summary>
    public void StartSession(DateTimeOffset now)
    {
        SessionKey = RandomNumberGenerator.GetBytes(32);
        SessionCreatedAt = now;
    }

    public void EndSession()
    {
        SessionKey = null;
        SessionCreatedAt = null;
    }

    public void Commit()
    {
        if (SessionCreatedAt is { } createdAt)
            SessionCreatedAt = Timestamp.Stored(createdAt);
    }
}
